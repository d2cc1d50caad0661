using System.Globalization;

namespace InfoMetis.Release.Benchmarks;

/// <summary>
/// Fills the memory of the machine once with files that are read. A virtual machine may get its memory from its host only when it is
/// first touched; the wait for that, seconds for what one run writes, would fall on one program more than on another.
/// </summary>
internal static class TouchedMemory
{
    private const string Memory = "/proc/meminfo";
    private const string Free = "MemFree:";
    private const long KibibytesToLeave = 1 << 20;

    /// <param name="folder">Holds at least as much as is free.</param>
    public static void Fill(string folder)
    {
        if (!File.Exists(Memory))
            return;
        var buffer = new byte[1 << 20];
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            while (KibibytesFree() > KibibytesToLeave && file.Read(buffer) > 0) { }
            if (KibibytesFree() <= KibibytesToLeave)
                return;
        }
    }

    private static long KibibytesFree()
    {
        var line = File.ReadLines(Memory).First(line => line.StartsWith(Free, StringComparison.Ordinal));
        return long.Parse(line[Free.Length..^" kB".Length], CultureInfo.InvariantCulture);
    }
}
