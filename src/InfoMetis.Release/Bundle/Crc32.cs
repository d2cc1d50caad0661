using System.Buffers.Binary;

namespace InfoMetis.Release.Bundle;

/// <summary>The checksum that ends a gzip member. Eight bytes at a time, for all that is unpacked runs through it.</summary>
internal struct Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Tables = 8;

    private static readonly uint[][] Table = Make();

    private uint _state;

    public readonly uint Value => _state;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var crc = ~_state;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            var eight = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ crc;
            crc = 0;
            for (var i = 0; i < Tables; i++, eight >>= 8)
                crc ^= Table[Tables - 1 - i][(byte)eight];
        }
        foreach (var one in bytes)
            crc = (crc >> 8) ^ Table[0][(byte)(crc ^ one)];
        _state = ~crc;
    }

    private static uint[][] Make()
    {
        var tables = Enumerable.Range(0, Tables).Select(_ => new uint[256]).ToArray();
        for (uint i = 0; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * Polynomial);
            tables[0][i] = crc;
        }
        for (var table = 1; table < Tables; table++)
        {
            for (var i = 0; i < 256; i++)
                tables[table][i] = (tables[table - 1][i] >> 8) ^ tables[0][(byte)tables[table - 1][i]];
        }
        return tables;
    }
}
