using System.Globalization;
using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;
using Microsoft.Win32.SafeHandles;

namespace InfoMetis.Release.Bundle;

/// <summary>One archive, written at any place at any time, into one file or into parts of a size.</summary>
internal sealed class ArchiveParts(string folder, string name, long? partSize) : IArchiveSink, IDisposable
{
    private readonly Dictionary<int, SafeFileHandle> _parts = [];
    private readonly Lock _opening = new();
    private readonly Lock _writing = new();

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            var number = partSize is { } size ? (int)(offset / size) : 0;
            var start = number * (partSize ?? 0);
            var room = partSize is { } whole ? whole - (offset - start) : bytes.Length;
            var piece = bytes[..(int)Math.Min(bytes.Length, room)];
            Write(number, piece, offset - start);
            bytes = bytes[piece.Length..];
            offset += piece.Length;
        }
    }

    /// <summary>Brings what was written to the disk.</summary>
    public void Flush()
    {
        foreach (var (number, part) in _parts)
        {
            try
            {
                RandomAccess.FlushToDisk(part);
            }
            catch (Exception exception) when (Fault.IsOfTheDisk(exception))
            {
                throw Fault.Of(exception, PathOf(number), needed: 0);
            }
        }
    }

    /// <summary>Gives the files their names, now that it is known how many there are.</summary>
    /// <returns>The names, in the order of the archive.</returns>
    public IReadOnlyList<string> Name()
    {
        var count = _parts.Count;
        var names = Enumerable
            .Range(0, count)
            .Select(number => partSize is null ? name : new PartName(name, number + 1, count).ToString());
        return
        [
            .. names.Select(
                (part, number) =>
                {
                    File.Move(PathOf(number), Path.Combine(folder, part));
                    return part;
                }
            ),
        ];
    }

    public void Dispose()
    {
        foreach (var part in _parts.Values)
            part.Dispose();
        _parts.Clear();
    }

    private void Write(int number, ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            var part = Part(number);
            // Two writes to one file wait for each other in the kernel, which burns a core over it.
            lock (_writing)
                RandomAccess.Write(part, bytes, offset);
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw Fault.Of(exception, folder, bytes.Length);
        }
    }

    private SafeFileHandle Part(int number)
    {
        lock (_opening)
        {
            if (_parts.TryGetValue(number, out var part))
                return part;
            return _parts[number] = File.OpenHandle(PathOf(number), FileMode.CreateNew, FileAccess.Write);
        }
    }

    private string PathOf(int number) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}.{number}"));
}
