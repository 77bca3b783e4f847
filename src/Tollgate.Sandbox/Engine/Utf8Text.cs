using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tollgate.Sandbox.Engine;

/// <summary>JSON as UTF-8 text, written in a buffer that each thread keeps.</summary>
internal static class Utf8Text
{
    public static readonly JsonWriterOptions Dense = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Indented by two spaces, as Stripe writes.</summary>
    public static readonly JsonWriterOptions Pretty = Dense with { Indented = true, NewLine = "\n" };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? kept;

    [ThreadStatic]
    private static Utf8JsonWriter? keptWriter;

    public static byte[] Of(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        var buffer = kept ?? new ArrayBufferWriter<byte>(64 * 1024);
        kept = null;
        var writer = WriterOf(options, buffer);
        write(writer);
        writer.Flush();
        var text = buffer.WrittenSpan.ToArray();
        buffer.ResetWrittenCount();
        (kept, keptWriter) = (buffer, writer);
        return text;
    }

    private static Utf8JsonWriter WriterOf(JsonWriterOptions options, ArrayBufferWriter<byte> buffer)
    {
        if (keptWriter is not { } writer || writer.Options.Indented != options.Indented)
        {
            return new Utf8JsonWriter(buffer, options);
        }

        keptWriter = null;
        writer.Reset(buffer);
        return writer;
    }
}
