using System.Security.Cryptography;
using System.Text;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tar;

namespace InfoMetis.Release.Demo;

/// <summary>The tar of a layer: a file that no compressor makes smaller, one that any does, and a program.</summary>
internal sealed class DemoLayer(DateTimeOffset created)
{
    private const int Readable = 0b110_100_100;
    private const int Runnable = 0b111_101_101;

    private readonly List<byte[]> _blocks = [];

    public DemoLayer Program(string name, string sentence, Platform platform) =>
        Add(name, TinyProgram.Saying(sentence, platform), Runnable);

    public DemoLayer Text(string name, string sentence, int times) =>
        Add(name, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(sentence + "\n", times))), Readable);

    /// <summary>Bytes that no compressor finds anything in, and the same for the same name: each block is the hash of the one before.</summary>
    public DemoLayer Noise(string name, int size)
    {
        var bytes = new byte[size];
        var block = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        for (var at = 0; at < size; at += block.Length)
        {
            block.AsSpan(0, Math.Min(block.Length, size - at)).CopyTo(bytes.AsSpan(at));
            block = SHA256.HashData(block);
        }
        return Add(name, bytes, Readable);
    }

    public byte[] Tar() => [.. _blocks.SelectMany(block => block), .. new byte[2 * TarHeader.Length]];

    private DemoLayer Add(string name, byte[] bytes, int mode)
    {
        _blocks.Add(TarHeader.Of(name, bytes.Length, mode, created));
        _blocks.Add(bytes);
        _blocks.Add(new byte[TarHeader.Padded(bytes.Length) - bytes.Length]);
        return this;
    }
}
