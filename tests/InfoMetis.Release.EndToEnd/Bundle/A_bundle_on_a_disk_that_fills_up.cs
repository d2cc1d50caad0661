using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Bundle;

public sealed class A_bundle_on_a_disk_that_fills_up(LargePlatform release) : IClassFixture<LargePlatform>
{
    private const int MachineUnfit = 40;

    /// <summary>
    /// Runs a command on a small disk, which something else fills as soon as a file of that form is there; frees room, and runs it
    /// again. The disk is mounted in a namespace of its own, so it is gone with the process, and no root is needed.
    /// </summary>
    private const string OnSmallDisk = """
        limits=$1 disk=$2 begun=$3 besides=$4
        shift 4
        mount -t tmpfs -o "$limits" tmpfs "$disk" && cd "$disk" || exit 99
        for attempt in 1 2 3 4 5; do
            "$@" &
            running=$!
            while [ "$begun" ] && kill -0 $running 2>/dev/null && [ ! -e .filler ]; do
                find . -path "$begun" 2>/dev/null | grep -q . && head -c 2G /dev/zero >.filler 2>/dev/null
            done
            wait $running
            ended=$?
            # Done before the disk was full: then it was filled too late, and it begins anew.
            [ "$begun" ] && [ $ended -eq 0 ] || break
            find . -mindepth 1 -delete
            rm -rf "$besides"
        done
        echo "first: $ended"
        find . -mindepth 1 -maxdepth 2 | sed 's/^/left: /'
        rm -f .filler
        mount -o remount,size=1g,nr_inodes=100000 "$disk" || exit 98
        "$@"
        echo "again: $?"
        find . -mindepth 1 -maxdepth 2 | sed 's/^/made: /'
        """;

    private BundleSite Site => release.Site;

    [ToolTheory("docker-registry", "busybox", "unshare")]
    // Before anything is fetched, while it is fetched, before anything is written, and while it is written.
    [InlineData("store", "size=100m", "")]
    [InlineData("store", "size=240m", "*/ingest/*.partial")]
    [InlineData("out", "size=100m", "")]
    [InlineData("out", "size=240m", "*.partial/*.tar.zst.0")]
    public async Task Says_how_much_is_missing_leaves_nothing_that_looks_finished_and_succeeds_with_room(
        string what,
        string limits,
        string begun
    )
    {
        release.ForgetStore();
        if (what == "out")
            (await Site.BundleFrom("dry", FromRegistry(Site.Site.Store.Folder)).ToEndAsync()).ExitCode.ShouldBe(0);
        Forget("dry");

        var (ran, disk) = await OnDiskAsync(what, limits, begun);

        ran.Output.ShouldContain($"first: {MachineUnfit}\n", customMessage: ran.Error);
        ran.Error.ShouldContain("IMR6001");
        ran.Error.ShouldMatch(" bytes are needed and .* are free, [1-9][0-9,]* short");
        Lines(ran, "left: ").Where(name => !name.StartsWith('.') && what == "out").ShouldBeEmpty();
        ran.Output.ShouldContain("again: 0\n", customMessage: ran.Error);
        if (what == "store")
            await Site.ShouldBeSoundAsync(Site.Scratch.PathOf("besides", BundleSite.Name));
        else
            Lines(ran, "made: ").ShouldContain($"{BundleSite.Name}/SHA256SUMS.sig");
        Forget("besides");
        Directory.GetFileSystemEntries(disk).ShouldBeEmpty();
    }

    [ToolFact("docker-registry", "busybox", "unshare")]
    public async Task Lets_it_make_so_many_files_and_no_more_and_every_number_ends_well()
    {
        release.ForgetStore();
        (await Site.BundleFrom("besides", FromRegistry(Site.Site.Store.Folder)).ToEndAsync()).ExitCode.ShouldBe(0);
        Forget("besides");
        var refused = 0;
        for (var files = 2; files < 20; files++)
        {
            var (ran, _) = await OnDiskAsync("out", $"size=1g,nr_inodes={files}", "");
            ran.Output.ShouldContain("again: ", customMessage: ran.Error);
            if (ran.Output.Contains("first: 0\n", StringComparison.Ordinal))
                break;
            refused++;
            ran.Output.ShouldContain($"first: {MachineUnfit}\n", customMessage: $"{files} files: {ran.Error}");
            ran.Error.ShouldContain("IMR6001");
            ran.Error.ShouldContain("no room for another file");
            Lines(ran, "left: ").ShouldBeEmpty();
            ran.Output.ShouldContain("again: 0\n", customMessage: ran.Error);
        }
        // The folder of the bundle, its lock, the archive, and five files beside it.
        refused.ShouldBeGreaterThan(6);
        refused.ShouldBeLessThan(16);
    }

    /// <param name="what">What lies on the small disk: the store or the output; the other lies where there is room.</param>
    private async Task<(Finished Ran, string Disk)> OnDiskAsync(string what, string limits, string begun)
    {
        var disk = Directory.CreateDirectory(Site.Scratch.PathOf("disk")).FullName;
        var bundle =
            what == "store"
                ? Site.BundleFrom("besides", FromRegistry(Path.Combine(disk, "store")))
                : Site.BundleFrom("disk", "--offline", "--store", Site.Site.Store.Folder);
        string[] own =
        [
            "--user",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            OnSmallDisk,
            "sh",
            limits,
            disk,
            begun,
            Site.Scratch.PathOf("besides"),
        ];
        var ran = await (
            bundle with
            {
                Program = "unshare",
                Arguments = [.. own, bundle.Program, .. bundle.Arguments],
            }
        ).ToEndAsync();
        return (ran, disk);
    }

    private string[] FromRegistry(string store) => ["--registries", Site.Registries, "--store", store];

    private void Forget(string output)
    {
        if (Directory.Exists(Site.Scratch.PathOf(output)))
            Directory.Delete(Site.Scratch.PathOf(output), recursive: true);
    }

    private static IEnumerable<string> Lines(Finished ran, string start) =>
        ran
            .Output.Split('\n')
            .Where(line => line.StartsWith(start, StringComparison.Ordinal))
            .Select(line => line[(start.Length + "./".Length)..]);
}
