using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ImportCsv.Imports;

/// <summary>
/// Which values there were, as eight bytes of each one's SHA-256: of half a million two share them once in a hundred
/// million imports. Kept in many small tables, so that growing one costs little at a time: some ten bytes a value.
/// </summary>
internal sealed class SeenValues
{
    private const int Tables = 1024;
    private const int SlotsMin = 8;
    private readonly Table[] tables = new Table[Tables];

    /// <summary>False when it was there before.</summary>
    public bool Add(ReadOnlySpan<char> value)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(value), hash);
        var bits = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        return tables[(int)(bits % Tables)].Add(Math.Max(bits / Tables, 1));
    }

    /// <summary>Open addressing; a slot of zero is free.</summary>
    private struct Table
    {
        private ulong[]? slots;
        private int count;

        public bool Add(ulong bits)
        {
            slots ??= new ulong[SlotsMin];
            if (count >= slots.Length * 7L / 8)
            {
                Grow();
            }

            if (!Put(slots, bits))
            {
                return false;
            }

            count++;
            return true;
        }

        private void Grow()
        {
            var wider = new ulong[slots!.Length + slots.Length / 4 + SlotsMin];
            foreach (var bits in slots)
            {
                if (bits != 0)
                {
                    Put(wider, bits);
                }
            }

            slots = wider;
        }

        private static bool Put(ulong[] slots, ulong bits)
        {
            var at = (int)(bits % (ulong)slots.Length);
            while (slots[at] != 0)
            {
                if (slots[at] == bits)
                {
                    return false;
                }

                at = at + 1 == slots.Length ? 0 : at + 1;
            }

            slots[at] = bits;
            return true;
        }
    }
}
