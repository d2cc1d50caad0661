using System.Text.Json.Nodes;
using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Install;

/// <summary>A medium that answers otherwise when it is read again, a builder who signs carelessly, and what others left on the machine.</summary>
[Collection(Installing.Name)]
public sealed class What_a_stranger_may_try(Installing bundles)
{
    [ToolFact("docker-registry", "busybox", "dash", "zstd", "tar", "unshare", "python3")]
    public async Task Does_not_write_through_a_link_that_comes_with_the_second_reading()
    {
        using var host = new Host();
        var victim = host.Scratch.Write("victim", "mine");
        ReadSecond(host, $"images.pop('index.json'); links['index.json'] = '{victim}'");

        var ran = await host.InstallAsync(bundles, ["--only", "traefik", .. host.IntoLayout]);

        (await File.ReadAllTextAsync(victim)).ShouldBe("mine");
        if (ran.ExitCode == 0)
            new FileInfo(Path.Combine(host.Layout, "index.json")).LinkTarget.ShouldBeNull();
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "tar", "unshare", "python3")]
    public async Task Does_not_place_a_file_whose_headers_are_not_those_of_the_bundle()
    {
        using var host = new Host().WithK0s();
        ReadSecond(
            host,
            "names = list(images); images = {('blobs/sha256/' + 'x' * 64 if n == names[-1] else n): images[n] for n in names}"
        );

        var ran = await host.InstallAsync(bundles, host.IntoK0s);

        ran.ShouldSay(50, "IMR6203", "does not hold just what it should");
        host.Placed.ShouldBeEmpty();
    }

    [ToolTheory("docker-registry", "busybox", "bash", "zstd", "unshare")]
    [InlineData("unpacked")]
    [InlineData("content")]
    public async Task Does_not_reckon_with_what_is_no_number(string key)
    {
        using var host = new Host { Shell = ["bash"] };
        using var medium = new Medium(bundles.Folder);
        var proof = host.Scratch.PathOf("ran");
        Rewrite(medium, inventory => inventory["forecast"]!["target"]![key] = $"gravest[$(id >'{proof}')]");
        var key2 = medium.SignAgain();

        var ran = await host.Script(medium.Folder, ["--key", key2, .. host.IntoLayout]).ToEndAsync();

        ran.ShouldSay(30, "IMR5114");
        File.Exists(proof).ShouldBeFalse();
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "unshare")]
    public async Task Does_not_call_complete_what_no_table_names()
    {
        using var host = new Host();
        using var medium = new Medium(bundles.Folder);
        Rewrite(medium, inventory => inventory["blobs"]!.AsArray().RemoveAt(5));
        var key = medium.SignAgain();

        var ran = await host.Script(medium.Folder, ["--key", key, .. host.IntoLayout]).ToEndAsync();

        ran.ShouldSay(30, "IMR5114");
        Directory.Exists(host.Layout).ShouldBeFalse();
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "unshare")]
    public async Task Does_not_take_away_what_others_put_into_a_layout()
    {
        using var host = new Host();
        (await host.InstallAsync(bundles, host.IntoLayout)).ShouldSay(0);
        var mine = Path.Combine(host.Layout, "mine", "notes");
        Directory.CreateDirectory(Path.GetDirectoryName(mine)!);
        await File.WriteAllTextAsync(mine, "mine");
        await File.AppendAllTextAsync(Path.Combine(host.Layout, "index.json"), " ");

        (await host.InstallAsync(bundles, host.IntoLayout)).ShouldSay(40, "IMR6006");

        (await File.ReadAllTextAsync(mine)).ShouldBe("mine");
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "unshare")]
    public async Task Names_at_least_one_image_or_none_is_installed()
    {
        using var host = new Host();

        var ran = await host.InstallAsync(bundles, ["--only", ",", .. host.IntoLayout]);

        ran.ExitCode.ShouldBe(2, ran.Error);
        ran.Error.ShouldContain("--only names no image");
        host.Receipts.ShouldBeEmpty();
    }

    [RootFact("docker-registry", "busybox", "dash", "zstd", "containerd", "ctr", "unshare")]
    public async Task Is_not_told_that_all_is_removed_when_nobody_answered()
    {
        using var host = new Host();
        await host.StartContainerdAsync();
        (await host.InstallAsync(bundles, host.IntoContainerd)).ShouldSay(0);
        var ctr = Tools.Require("ctr");
        host.Put("ctr", $"#!/bin/sh\ncase \" $* \" in *\" images rm \"*) exit 1 ;; esac\nexec '{ctr}' \"$@\"\n");

        var ran = await host.InstallAsync(bundles, ["--uninstall", "--yes", .. host.IntoContainerd]);

        ran.ShouldSay(50, "IMR6209", "not everything could be removed");
        host.Receipts.ShouldContain(file => file.EndsWith("-001.json", StringComparison.Ordinal));
    }

    [RootFact("docker-registry", "busybox", "dash", "zstd", "containerd", "ctr", "unshare")]
    public async Task Is_not_robbed_of_a_release_when_the_one_before_it_is_removed()
    {
        using var host = new Host();
        await host.StartContainerdAsync();
        (await host.InstallAsync(bundles, host.IntoContainerd)).ShouldSay(0);
        var names = await host.NamesAsync();
        await InstallNextReleaseAsync(host);

        var ran = await host.InstallAsync(bundles, ["--uninstall", "--yes", .. host.IntoContainerd]);

        ran.ShouldSay(0, "belong to another release");
        (await host.NamesAsync()).ShouldBe(names, ignoreOrder: true);
    }

    [RootFact("docker-registry", "busybox", "dash", "zstd", "containerd", "ctr", "unshare")]
    public async Task Does_not_keep_for_ever_what_one_release_left_to_the_next()
    {
        using var host = new Host();
        await host.StartContainerdAsync();
        (await host.InstallAsync(bundles, ["--only", "traefik", .. host.IntoContainerd])).ShouldSay(0);
        (await host.NamesAsync()).Count.ShouldBe(3);
        await InstallNextReleaseAsync(host);
        using var next = new Medium(bundles.Folder);
        next.Replace("install.sh", "bundle_version='0.5.0'", "bundle_version='0.6.0'");
        string[] remove = ["--uninstall", "--yes", .. host.IntoContainerd];

        (await host.InstallAsync(bundles, remove)).ShouldSay(0, "3 names were there before, or belong to another");
        (await host.NamesAsync()).Count.ShouldBe(3);

        // It found the names there, and they were brought all the same.
        (await host.Script(next.Folder, remove).ToEndAsync()).ShouldSay(0, "0.6.0 was removed from containerd");
        (await host.NamesAsync()).ShouldBeEmpty();
        host.Receipts.ShouldAllBe(file => file.EndsWith(".removed.json", StringComparison.Ordinal));
    }

    [RootFact("docker-registry", "busybox", "dash", "zstd", "containerd", "ctr", "unshare")]
    public async Task Does_not_lose_what_was_brought_again_by_others_since_it_was_removed()
    {
        using var host = new Host();
        await host.StartContainerdAsync();
        string[] traefik = ["--only", "traefik", .. host.IntoContainerd];
        (await host.InstallAsync(bundles, traefik)).ShouldSay(0);
        var image = host.Scratch.PathOf("traefik.tar");
        var names = await host.NamesAsync();
        (
            await host.Containerd.CtrAsync(["images", "export", "--platform", "linux/amd64", image, .. names])
        ).ExitCode.ShouldBe(0);
        string[] remove = ["--uninstall", "--yes", .. host.IntoContainerd];
        (await host.InstallAsync(bundles, remove)).ShouldSay(0);
        (await host.NamesAsync()).ShouldBeEmpty();

        (await host.Containerd.CtrAsync("images", "import", image)).ExitCode.ShouldBe(0);
        (await host.InstallAsync(bundles, traefik)).ShouldSay(0);
        (await host.InstallAsync(bundles, remove)).ShouldSay(0, "names were there before");

        (await host.NamesAsync()).ShouldNotBeEmpty();
    }

    /// <summary>Leaves the receipt that release 0.6.0 leaves, which holds the same images, found there.</summary>
    private static async Task InstallNextReleaseAsync(Host host)
    {
        var receipt = host.Receipts.Single(file => file.EndsWith("-001.json", StringComparison.Ordinal));
        var next = await File.ReadAllTextAsync(receipt);
        await File.WriteAllTextAsync(
            receipt.Replace("0.5.0-", "0.6.0-", StringComparison.Ordinal),
            next.Replace("\"version\": \"0.5.0\"", "\"version\": \"0.6.0\"", StringComparison.Ordinal)
                .Replace("\"before\": \"absent\"", "\"before\": \"same\"", StringComparison.Ordinal)
        );
    }

    /// <summary>Puts a zstd in front that gives out, instead of images.tar, one that was changed.</summary>
    /// <param name="change">Python, over the members by name in <c>images</c> and links in <c>links</c>.</param>
    private static void ReadSecond(Host host, string change) =>
        host.Put(
            "zstd",
            $"""
            #!/bin/sh
            '{Tools.Require("zstd")}' "$@" | python3 -c '
            import io, sys, tarfile
            outer = tarfile.open(fileobj=io.BytesIO(sys.stdin.buffer.read()))
            inner = tarfile.open(fileobj=io.BytesIO(outer.extractfile("images.tar").read()))
            images = {"{"}m.name: inner.extractfile(m).read() for m in inner{"}"}
            links = {"{}"}
            {change.Replace("'", "\"", StringComparison.Ordinal)}
            made = io.BytesIO()
            with tarfile.open(fileobj=made, mode="w", format=tarfile.USTAR_FORMAT) as tar:
                for name, target in links.items():
                    info = tarfile.TarInfo(name); info.type = tarfile.SYMTYPE; info.linkname = target
                    tar.addfile(info)
                for name, content in images.items():
                    info = tarfile.TarInfo(name); info.size = len(content); info.mode = 0o644
                    tar.addfile(info, io.BytesIO(content))
            bytes = made.getvalue()
            size = outer.getmember("images.tar").size
            bytes = (bytes + b"\0" * size)[:size] if len(bytes) > size else bytes.ljust(size, b"\0")
            with tarfile.open(fileobj=sys.stdout.buffer, mode="w|", format=tarfile.USTAR_FORMAT) as tar:
                info = tarfile.TarInfo("images.tar"); info.size = len(bytes); info.mode = 0o644
                tar.addfile(info, io.BytesIO(bytes))
            '

            """
        );

    private static void Rewrite(Medium medium, Action<JsonNode> change)
    {
        var file = medium.PathOf("inventory.json");
        var inventory = JsonNode.Parse(File.ReadAllText(file))!;
        change(inventory);
        File.WriteAllText(file, inventory.ToJsonString());
    }
}
