using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Tollgate;

namespace ImportCsv.Csv;

/// <summary>
/// The characters of a file whose encoding nobody named: by its mark, by the zeros of UTF-16, else UTF-8. Text without
/// a mark that turns out not to be UTF-8 at its first letter beyond ASCII is Windows-1252, which agrees with it up to
/// there; so nothing is read twice.
/// </summary>
/// <param name="onBytes">Gets every byte.</param>
internal sealed class CsvCharacters(
    Stream bytes,
    long mostBytes = long.MaxValue,
    Action<ReadOnlySpan<byte>>? onBytes = null
)
{
    private const int BlockBytes = 32 * 1024;
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private readonly byte[] block = new byte[BlockBytes];
    private long taken;
    private int from;
    private int filled;
    private bool hasEnded;
    private bool isBegun;
    private bool isSure;
    private Decoder? decoder;

    /// <summary>As it is called on the web: <c>utf-8</c>.</summary>
    public string Encoding { get; private set; } = "utf-8";

    /// <summary>All of the file has been read.</summary>
    public bool HasEnded => hasEnded && from >= filled;

    /// <summary>Why no more can be read; null at the end of the file.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>The next characters; none at the end, or when it is refused.</summary>
    public async ValueTask<int> ReadAsync(Memory<char> target, int line, CancellationToken cancellationToken)
    {
        if (!isBegun)
        {
            isBegun = true;
            await FillAsync(cancellationToken);
            Begin();
        }

        while (Refusal is null && (from < filled || !hasEnded))
        {
            if (Decode(target.Span, line) is > 0 and var written)
            {
                return written;
            }

            if (hasEnded && from < filled && Refusal is null && decoder is null && !isSure)
            {
                continue; // it has just become Windows-1252
            }

            if (hasEnded)
            {
                return 0;
            }

            await FillAsync(cancellationToken);
        }

        return 0;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        block.AsSpan(from, filled - from).CopyTo(block);
        (filled, from) = (filled - from, 0);
        while (filled < block.Length)
        {
            var read = await bytes.ReadAsync(block.AsMemory(filled), cancellationToken);
            if (read == 0)
            {
                hasEnded = true;
                return;
            }

            onBytes?.Invoke(block.AsSpan(filled, read));
            filled += read;
            taken += read;
            if (taken > mostBytes)
            {
                Refusal = new FileTooLarge(mostBytes);
                return;
            }
        }
    }

    private void Begin()
    {
        var start = block.AsSpan(0, filled);
        var (name, mark) = start switch
        {
            [0xEF, 0xBB, 0xBF, ..] => ("utf-8", 3),
            [0xFF, 0xFE, ..] => ("utf-16le", 2),
            [0xFE, 0xFF, ..] => ("utf-16be", 2),
            _ => (GuessFromZeros(start), 0),
        };
        from = mark;
        Encoding = name ?? "utf-8";
        isSure = mark == 3;
        if (Encoding != "utf-8")
        {
            decoder = new UnicodeEncoding(
                Encoding == "utf-16be",
                byteOrderMark: false,
                throwOnInvalidBytes: true
            ).GetDecoder();
        }
        else if (start.Contains((byte)0) || IsBinary(start))
        {
            Refusal = new NotCsv("It is a binary file. From a spreadsheet, save it as CSV first.");
        }
    }

    // Latin letters in UTF-16 are zero in every other byte
    private static string? GuessFromZeros(ReadOnlySpan<byte> start)
    {
        int evenZeros = 0,
            oddZeros = 0;
        for (var at = 0; at + 1 < start.Length; at += 2)
        {
            evenZeros += start[at] == 0 ? 1 : 0;
            oddZeros += start[at + 1] == 0 ? 1 : 0;
        }

        var many = start.Length / 2 * 2 / 5;
        return oddZeros > many && evenZeros == 0 ? "utf-16le"
            : evenZeros > many && oddZeros == 0 ? "utf-16be"
            : null;
    }

    private static bool IsBinary(ReadOnlySpan<byte> start) =>
        start is [(byte)'P', (byte)'K', 3, 4, ..] or [0x1F, 0x8B, ..] or [0xD0, 0xCF, 0x11, 0xE0, ..]
        || start.StartsWith("%PDF-"u8)
        || start.StartsWith("\x89PNG"u8);

    private int Decode(Span<char> target, int line)
    {
        var source = block.AsSpan(from, filled - from);
        if (decoder is not null)
        {
            return DecodeWide(decoder, source, target, line);
        }

        if (Encoding == "windows-1252")
        {
            var count = Math.Min(source.Length, target.Length);
            from += count;
            return Western.GetChars(source[..count], target);
        }

        var status = Utf8.ToUtf16(source, target, out var read, out var written, false, hasEnded);
        from += read;
        isSure = isSure || target[..written].ContainsAnyExceptInRange('\0', '\x7f');
        if (written == 0 && status == OperationStatus.InvalidData)
        {
            if (isSure)
            {
                Refusal = new CsvMalformed(line, "it is not valid UTF-8 any more. Save the file as UTF-8.");
            }
            else
            {
                Encoding = "windows-1252";
            }
        }

        return written;
    }

    private int DecodeWide(Decoder wide, ReadOnlySpan<byte> source, Span<char> target, int line)
    {
        try
        {
            wide.Convert(source, target, flush: hasEnded, out var used, out var written, out _);
            from += used;
            return written;
        }
        catch (DecoderFallbackException)
        {
            // the file's fault and not ours: the refusal says where
            Refusal = new CsvMalformed(line, $"it is not valid {Encoding.ToUpperInvariant()}. Save the file as UTF-8.");
            return 0;
        }
    }
}
