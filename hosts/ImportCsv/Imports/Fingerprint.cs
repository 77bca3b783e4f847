using System.Security.Cryptography;
using System.Text.Json;
using Tollgate;

namespace ImportCsv.Imports;

/// <summary>What an upload says, as one number: the same again is the same upload.</summary>
internal sealed class Fingerprint : IDisposable
{
    private const int BlockBytes = 32 * 1024;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="form">Its file is not read here.</param>
    public Fingerprint(UploadForm form)
    {
        Add(
            JsonSerializer.SerializeToUtf8Bytes(
                new { form.HasHeader, Mapping = form.Mapping?.OrderBy(one => one.Key, StringComparer.Ordinal) }
            )
        );
        if (form.Delimiter is { } delimiter)
        {
            Add([(byte)delimiter]);
        }
    }

    public string Text => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>Reads the file to its end; of one that has none, as much as it may have.</summary>
    public static async Task<string> OfAsync(UploadForm form, long mostBytes, CancellationToken cancellationToken)
    {
        using var whole = new Fingerprint(form);
        var block = new byte[BlockBytes];
        for (var left = mostBytes; left > 0; )
        {
            var read = await form.File.ReadAsync(block, cancellationToken);
            if (read == 0)
            {
                break;
            }

            whole.Add(block.AsSpan(0, read));
            left -= read;
        }

        return whole.Text;
    }

    public void Add(ReadOnlySpan<byte> bytes) => hash.AppendData(bytes);

    public void Dispose() => hash.Dispose();
}

/// <summary>An import was made under that key, of another file.</summary>
internal sealed record IdempotencyKeyReused()
    : Refusal(
        "idempotency_key_reused",
        422,
        "This Idempotency-Key belongs to another file.",
        "Send each file under a key of its own; the same key only to repeat a call."
    );
