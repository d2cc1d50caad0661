using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Pull;

public sealed class A_disk_that_fills_up : PullTest
{
    private const int MachineUnfit = 40;

    /// <summary>Mounted in a namespace of its own, so it is gone with the process, and no root is needed.</summary>
    private const string OnSmallDisk = """
        mount -t tmpfs -o "$1" tmpfs "$2" && cd "$2" || exit 99
        shift 2
        "$@"
        ended=$?
        find . -path '*/blobs/*' -type f -exec sha256sum {} +
        exit $ended
        """;

    [ToolTheory("docker-registry", "unshare")]
    // The first do not let it begin, the next not end, and the last let it make no more files.
    [InlineData("size=4k")]
    [InlineData("size=300k")]
    [InlineData("size=700k")]
    [InlineData("size=64m,nr_inodes=10")]
    [InlineData("size=64m,nr_inodes=20")]
    [InlineData("size=64m,nr_inodes=30")]
    public async Task Stops_the_pull_which_says_so_and_leaves_no_wrong_byte(string limits)
    {
        var manifest = Site.Manifest(Registry.Host, Images);

        var finished = await OnDisk(limits, manifest).ToEndAsync();

        finished.ExitCode.ShouldBe(MachineUnfit, finished.Output + finished.Error);
        finished.Error.ShouldContain("IMR6001");
        foreach (var (hash, name) in Hashes(finished.Output))
            hash.ShouldBe(name);
    }

    [ToolFact("docker-registry", "unshare")]
    public async Task Is_none_where_there_is_room()
    {
        var finished = await OnDisk("size=64m", Site.Manifest(Registry.Host, Images)).ToEndAsync();

        finished.ExitCode.ShouldBe(0, finished.Output + finished.Error);
        Hashes(finished.Output)
            .Count()
            .ShouldBe(Images.Values.SelectMany(i => i.Digests("linux/amd64")).Distinct().Count());
    }

    private Run OnDisk(string limits, string manifest)
    {
        var disk = Directory.CreateDirectory(Site.Scratch.PathOf("disk")).FullName;
        var pull = Site.Imrel("pull", manifest, "--store", Path.Combine(disk, "store"));
        string[] own = ["--user", "--map-root-user", "--mount", "sh", "-c", OnSmallDisk, "sh", limits, disk];
        return pull with { Program = "unshare", Arguments = [.. own, pull.Program, .. pull.Arguments], Folder = disk };
    }

    private static IEnumerable<(string Hash, string Name)> Hashes(string output) =>
        output
            .Split('\n')
            .Where(line => line.Contains("/blobs/sha256/", StringComparison.Ordinal))
            .Select(line => (line[..64], line[^64..]));
}
