using System.Globalization;
using InfoMetis.Release.Benchmarks.Pulling;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.Benchmarks.Installing;

/// <summary>Where a runtime keeps its folders while it is measured: in memory where there is enough, for a disk that is slow says nothing of a script.</summary>
/// <param name="Parent">Null for the usual folder.</param>
internal sealed record Room(string? Parent)
{
    private const string InMemory = "/dev/shm";

    /// <summary>Content, what is unpacked of it, the bundle and images.tar in the cache, and something for everybody else.</summary>
    private const int TimesTheCorpus = 7;

    public string Name => Parent is null ? "on the disk" : "in memory";

    public static Room For(Corpus corpus)
    {
        var needed = corpus.Size * TimesTheCorpus;
        return
            Directory.Exists(InMemory) && Available() >= needed && new DriveInfo(InMemory).AvailableFreeSpace >= needed
            ? new Room(InMemory)
            : new Room(Parent: null);
    }

    public ScratchFolder Open() => Parent is null ? new ScratchFolder() : ScratchFolder.Under(Parent);

    private static long Available()
    {
        const string Key = "MemAvailable:";
        var line = File.ReadLines("/proc/meminfo").Single(line => line.StartsWith(Key, StringComparison.Ordinal));
        return long.Parse(line[Key.Length..^"kB".Length], CultureInfo.InvariantCulture) * 1024;
    }
}
