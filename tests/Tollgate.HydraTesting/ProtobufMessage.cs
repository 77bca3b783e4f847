using System.Text;

namespace Tollgate.HydraTesting;

/// <summary>The fields of a message in protobuf's wire format, found by their numbers.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Number, ReadOnlyMemory<byte> Value)> fields = [];

    public ProtobufMessage(ReadOnlyMemory<byte> body)
    {
        while (!body.IsEmpty)
        {
            var key = TakeNumber(ref body);
            var length = (key & 7) switch
            {
                0 => LengthOfNumber(body.Span),
                1 => 8,
                2 => (int)TakeNumber(ref body),
                5 => 4,
                var other => throw new InvalidDataException($"wire type {other}"),
            };
            fields.Add(((int)(key >> 3), body[..length]));
            body = body[length..];
        }
    }

    public IEnumerable<ProtobufMessage> All(int number) =>
        fields.Where(field => field.Number == number).Select(field => new ProtobufMessage(field.Value));

    public ReadOnlySpan<byte> Bytes(int number) => fields.First(field => field.Number == number).Value.Span;

    /// <summary>Empty when it is not there, as protobuf leaves it out.</summary>
    public string Text(int number) =>
        Encoding.UTF8.GetString(fields.FirstOrDefault(field => field.Number == number).Value.Span);

    private static ulong TakeNumber(ref ReadOnlyMemory<byte> body)
    {
        var length = LengthOfNumber(body.Span);
        ulong number = 0;
        for (var i = 0; i < length; i++)
        {
            number |= (ulong)(body.Span[i] & 0x7F) << (7 * i);
        }

        body = body[length..];
        return number;
    }

    private static int LengthOfNumber(ReadOnlySpan<byte> body)
    {
        var length = 1;
        while (body[length - 1] >= 0x80)
        {
            length++;
        }

        return length;
    }
}
