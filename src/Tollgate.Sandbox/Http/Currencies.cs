namespace Tollgate.Sandbox.Http;

/// <summary>The currencies that Stripe takes, and the least that a card is charged.</summary>
internal static class Currencies
{
    private static readonly string[] Known = (
        "usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf "
        + "chf clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl hrk htg "
        + "huf idr ils inr isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt "
        + "mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar "
        + "sbd scr sek sgd shp sle sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd "
        + "xcg xof xpf yer zar zmw"
    ).Split(' ');

    /// <summary>In lower case; 400 for what is none.</summary>
    public static string Read(string text, string parameter)
    {
        var currency = text.ToLowerInvariant();
        return Known.Contains(currency, StringComparer.Ordinal)
            ? currency
            : throw StripeException.Invalid(
                $"Invalid currency: {currency}. Stripe currently supports these currencies: {string.Join(", ", Known)}",
                parameter
            );
    }

    /// <summary>Refuses what costs more to charge than it is; 400.</summary>
    public static void RequireChargeable(long amount, string currency)
    {
        var (least, name) = currency switch
        {
            "usd" => (50, "$0.50 usd"),
            "eur" => (50, "€0.50 eur"),
            "gbp" => (30, "£0.30 gbp"),
            "jpy" => (50, "¥50 jpy"),
            _ => (0, ""),
        };
        if (amount < least)
        {
            throw StripeException.Invalid($"Amount must be at least {name}", "amount", "amount_too_small");
        }
    }
}
