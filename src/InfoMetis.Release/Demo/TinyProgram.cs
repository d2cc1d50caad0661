using System.Buffers.Binary;
using System.Text;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Demo;

/// <summary>
/// A program for Linux that says one sentence and ends well: an ELF file of some 200 bytes that needs nothing else, so that an image
/// with it runs wherever containers do.
/// </summary>
internal static class TinyProgram
{
    private const int FileHeader = 64;
    private const int SegmentHeader = 56;
    private const int CodeAt = FileHeader + SegmentHeader;
    private const ulong LoadedAt = 0x400000;

    public static bool RunsOn(Platform platform) => platform.ToString() is "linux/amd64" or "linux/arm64";

    public static byte[] Saying(string sentence, Platform platform)
    {
        var text = Encoding.UTF8.GetBytes(sentence + "\n");
        var (machine, code) = platform.ToString() switch
        {
            "linux/amd64" => (62, ForAmd64(text.Length)),
            "linux/arm64" => (183, ForArm64(text.Length)),
            _ => throw new ArgumentException($"no program is made for {platform}", nameof(platform)),
        };
        var file = new byte[CodeAt + code.Length + text.Length];
        PutHeaders(file, (ushort)machine);
        code.CopyTo(file, CodeAt);
        text.CopyTo(file, CodeAt + code.Length);
        return file;
    }

    /// <summary>One segment with all of the file, to be read and run.</summary>
    private static void PutHeaders(Span<byte> file, ushort machine)
    {
        // 64 bits, little-endian, version 1
        ReadOnlySpan<byte> identity = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        identity.CopyTo(file);
        Put16(file, 16, 2);
        Put16(file, 18, machine);
        Put32(file, 20, 1);
        Put64(file, 24, LoadedAt + CodeAt);
        Put64(file, 32, FileHeader);
        Put16(file, 52, FileHeader);
        Put16(file, 54, SegmentHeader);
        Put16(file, 56, 1);
        var segment = file[FileHeader..];
        Put32(segment, 0, 1);
        Put32(segment, 4, 0b101);
        Put64(segment, 16, LoadedAt);
        Put64(segment, 24, LoadedAt);
        Put64(segment, 32, (ulong)file.Length);
        Put64(segment, 40, (ulong)file.Length);
        Put64(segment, 48, 0x1000);
    }

    /// <summary>write(1, text, length), exit(0); the text follows the code.</summary>
    private static byte[] ForAmd64(int length)
    {
        byte[] code =
        [
            .. (ReadOnlySpan<byte>)[0xb8, 1, 0, 0, 0],
            .. (ReadOnlySpan<byte>)[0xbf, 1, 0, 0, 0],
            .. (ReadOnlySpan<byte>)[0x48, 0x8d, 0x35, 16, 0, 0, 0],
            .. (ReadOnlySpan<byte>)[0xba, 0, 0, 0, 0],
            .. (ReadOnlySpan<byte>)[0x0f, 0x05],
            .. (ReadOnlySpan<byte>)[0xb8, 60, 0, 0, 0],
            .. (ReadOnlySpan<byte>)[0x31, 0xff],
            .. (ReadOnlySpan<byte>)[0x0f, 0x05],
        ];
        Put32(code, 18, (uint)length);
        return code;
    }

    private static byte[] ForArm64(int length)
    {
        uint[] instructions =
        [
            0xd2800020,
            0x100000e1,
            0xd2800002 | ((uint)length << 5),
            0xd2800808,
            0xd4000001,
            0xd2800000,
            0xd2800ba8,
            0xd4000001,
        ];
        var code = new byte[instructions.Length * sizeof(uint)];
        for (var at = 0; at < instructions.Length; at++)
            Put32(code, at * sizeof(uint), instructions[at]);
        return code;
    }

    private static void Put16(Span<byte> file, int at, ushort value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(file[at..], value);

    private static void Put32(Span<byte> file, int at, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(file[at..], value);

    private static void Put64(Span<byte> file, int at, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(file[at..], value);
}
