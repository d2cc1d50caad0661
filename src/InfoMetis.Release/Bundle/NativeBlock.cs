using System.Runtime.InteropServices;

namespace InfoMetis.Release.Bundle;

/// <summary>
/// Memory for a frame, given back as soon as the frame is written. Arrays of this size would stay with the garbage
/// collector long after.
/// </summary>
internal sealed unsafe class NativeBlock : IDisposable
{
    private void* _start;

    public NativeBlock(int room)
    {
        _start = NativeMemory.Alloc((nuint)Math.Max(room, 1));
        Length = room;
    }

    /// <summary>How much of it is used.</summary>
    public int Length { get; set; }

    public Span<byte> Bytes => new(_start, Length);

    public void Dispose()
    {
        NativeMemory.Free(_start);
        _start = null;
    }
}
