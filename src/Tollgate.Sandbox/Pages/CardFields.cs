namespace Tollgate.Sandbox.Pages;

/// <summary>The card form's fields and its 3D Secure dialog, for every page that takes a card.</summary>
internal static class CardFields
{
    /// <summary>Number, expiry, CVC, name, the place for refusals, and the button.</summary>
    /// <param name="button">The button's content as HTML.</param>
    /// <param name="hasCard">False: only the button and the place for refusals.</param>
    public static string Html(string button, bool hasCard = true) =>
        $"""
            {(hasCard ? Card() : "")}
            <p class="alert" id="alert" role="alert" hidden></p>
            <p class="fine" id="advice" hidden>Nothing was charged. Try again with another card.</p>
            <button type="submit" id="submit">{button}</button>
            {(hasCard ? TestCards() : "")}
            """;

    private static string Card() =>
        $"""
            {Field("number", "Card number", "cc-number", "1234 1234 1234 1234", "inputmode=\"numeric\"")}
            <div class="two">
              {Field("expiry", "Expiry", "cc-exp", "MM / YY", "inputmode=\"numeric\"")}
              {Field("cvc", "CVC", "cc-csc", "CVC", "inputmode=\"numeric\" maxlength=\"4\"")}
            </div>
            {Field("name", "Name on card", "cc-name", "", "")}
            """;

    private static string TestCards() =>
        $"""
            <button type="button" class="quiet" id="fill">Fill in the 4242 test card</button>
            <p class="fine">{Number("4000 0000 0000 0002")} is declined, {Number("4000 0000 0000 9995")} has no funds,
              {Number("4000 0027 6000 3184")} asks for 3D Secure.</p>
            """;

    /// <summary>A card's number in one line, however narrow the page.</summary>
    private static string Number(string number) => number.Replace(" ", "&nbsp;", StringComparison.Ordinal);

    public const string Challenge = """
        <dialog id="challenge" aria-labelledby="challenge-title">
          <h2 id="challenge-title">3D Secure</h2>
          <p>The card's bank asks whether this is you. In the Sandbox you decide.</p>
          <div class="row"><button type="button" id="challenge-pass">Complete</button>
            <button type="button" class="quiet" id="challenge-fail">Fail</button></div>
        </dialog>
        """;

    public static string Field(
        string name,
        string label,
        string autocomplete,
        string placeholder,
        string attributes,
        string type = "text"
    ) =>
        $"""
            <div class="field"><label for="{name}">{label}</label>
              <input id="{name}" name="{name}" type="{type}" autocomplete="{autocomplete}"
                placeholder="{placeholder}" required
                aria-describedby="{name}-error" {attributes}>
              <p class="error" id="{name}-error" hidden></p></div>
            """;
}
