using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Install;

[Collection(Installing.Name)]
public sealed class A_host_without_a_network(Installing bundles)
{
    [RootTheory("docker-registry", "busybox", "dash", "bash", "zstd", "containerd", "ctr", "runc", "unshare")]
    [InlineData("dash")]
    [InlineData("busybox", "ash")]
    [InlineData("bash")]
    [InlineData("bash", "--posix")]
    public async Task Has_every_image_when_k0s_starts_and_when_it_runs(params string[] shell)
    {
        using var host = new Host { Shell = shell }.WithK0s();
        await host.StartContainerdAsync();

        // Before k0s ever ran: a file, and nothing else.
        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(0, "installed and proved: 24 images under 72 names");
        host.Placed.ShouldHaveSingleItem().ShouldEndWith($"{BundleSite.Name}.tar");
        (await host.NamesAsync()).ShouldBeEmpty();

        // It starts, and takes them in.
        var start = await host.StartK0sAsync();
        start.ExitCode.ShouldBe(0, start.Error);
        (await host.NamesAsync()).ShouldBe(Installing.Images.Names, ignoreOrder: true);
        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(0, "nothing to place");
        (await host.InstallAsync(bundles, ["--uninstall", "--yes", .. host.IntoK0s])).ShouldSay(0, "was removed");
        host.Placed.ShouldBeEmpty();
        (await host.NamesAsync()).ShouldBeEmpty();

        // It runs.
        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(0, "installed and proved: 24 images under 72 names");
        (await host.NamesAsync()).ShouldBe(Installing.Images.Names, ignoreOrder: true);
        host.Report["images"]!.AsArray().Count.ShouldBe(24);
    }

    [RootFact("docker-registry", "busybox", "dash", "zstd", "containerd", "ctr", "runc", "unshare")]
    public async Task Runs_containers_by_each_name_and_takes_a_fresh_look_when_asked_again()
    {
        using var host = new Host();
        await host.StartContainerdAsync();

        (await host.InstallAsync(bundles, host.IntoContainerd)).ShouldSay(0, "24 images under 72 names", "IMR6207");
        (await host.InstallAsync(bundles, host.IntoContainerd)).ShouldSay(0, "nothing to do: 24 images");

        // One of each kind: a manifest and an index, of OCI and of Docker. Nothing could be pulled here.
        foreach (var name in Installing.Images.All.Keys.Take(4).SelectMany(Installing.Images.NamesOf))
            await host.Containerd.ShouldRunAsync(name);

        // What is gone is missed, by its name, and brought again.
        var gone = Installing.Images.NamesOf(Installing.Images.All.Keys.First())[1];
        (await host.Containerd.CtrAsync("images", "rm", gone)).ExitCode.ShouldBe(0);
        (await host.InstallAsync(bundles, ["--status", .. host.IntoContainerd])).ShouldSay(50, "IMR6201", gone);
        (await host.InstallAsync(bundles, host.IntoContainerd)).ShouldSay(0, "installed and proved");
        (await host.InstallAsync(bundles, ["--status", .. host.IntoContainerd])).ShouldSay(0, "is as it was installed");
    }

    [RootTheory("docker-registry", "busybox", "dash", "zstd", "gzip", "containerd", "ctr", "runc", "unshare")]
    [InlineData(Installing.Gzip)]
    [InlineData(Installing.Plain)]
    [InlineData(Installing.Parts)]
    public async Task Takes_the_images_however_they_are_packed(string packed)
    {
        var bundle = await bundles.PackedAsync(packed);
        using var host = new Host().WithK0s();
        await host.StartContainerdAsync();

        var ran = await host.Script(bundle, ["--key", bundles.Key, .. host.IntoK0s]).ToEndAsync();

        ran.ShouldSay(0, "installed and proved: 24 images under 72 names");
        (await host.StartK0sAsync()).ExitCode.ShouldBe(0);
        (await host.NamesAsync()).ShouldBe(Installing.Images.Names, ignoreOrder: true);
    }

    [RootFact("docker-registry", "busybox", "dash", "zstd", "containerd", "ctr", "runc", "unshare")]
    public async Task Gets_the_images_that_were_chosen_and_no_others()
    {
        using var host = new Host().WithK0s();
        await host.StartContainerdAsync();
        var kafka = Installing.Images.All.Keys.Single(name => name.Contains("cp-kafka:", StringComparison.Ordinal));
        var traefik = Installing.Images.All.Keys.Single(name => name.Contains("traefik", StringComparison.Ordinal));

        (await host.InstallAsync(bundles, ["--only", "kafka", .. host.IntoK0s])).ShouldSay(0, "1 images under 3 names");
        (await host.InstallAsync(bundles, ["--only", "traefik", .. host.IntoK0s])).ShouldSay(
            0,
            "1 images under 3 names"
        );
        host.Placed.Count.ShouldBe(2);
        (await host.StartK0sAsync()).ExitCode.ShouldBe(0);
        string[] chosen = [.. Installing.Images.NamesOf(kafka), .. Installing.Images.NamesOf(traefik)];
        (await host.NamesAsync()).ShouldBe(chosen, ignoreOrder: true);
        host.StopK0s();

        (await host.InstallAsync(bundles, ["--stack", "kafka-ecosystem", .. host.IntoContainerd])).ShouldSay(0);
        var stack = host.Report["images"]!.AsArray().Select(image => (string)image!["name"]!).ToList();
        stack.ShouldContain("kafka");
        stack.ShouldContain("pause");
        stack.Count.ShouldBeLessThan(24);
        (await host.NamesAsync()).Count.ShouldBe(stack.Count * 3);
        (await host.InstallAsync(bundles, ["--only", "kafka,nothing", .. host.IntoK0s])).ShouldSay(2, "'nothing'");
        (await host.InstallAsync(bundles, ["--stack", "nothing", .. host.IntoK0s])).ShouldSay(2, "'nothing'");
    }

    /// <summary>Names that were there before stay when it is undone, and so does a name that stands for something else by then.</summary>
    [RootFact("docker-registry", "busybox", "dash", "zstd", "containerd", "ctr", "runc", "unshare")]
    public async Task Loses_what_was_installed_and_nothing_else()
    {
        using var host = new Host();
        await host.StartContainerdAsync();
        var names = Installing.Images.All.Keys.ToList();
        (await host.InstallAsync(bundles, ["--only", "nifi", .. host.IntoContainerd])).ShouldSay(0);
        var before = await host.NamesAsync();
        before.Count.ShouldBe(3);
        Directory.Delete(host.State, recursive: true);

        (await host.InstallAsync(bundles, host.IntoContainerd)).ShouldSay(0, "installed and proved");
        (await host.Containerd.CtrAsync("images", "tag", "--force", names[0], names[^1])).ExitCode.ShouldBe(0);

        (await host.InstallAsync(bundles, ["--uninstall", "--yes", .. host.IntoContainerd])).ShouldSay(
            50,
            "IMR6209",
            $"{names[^1]} stands for"
        );
        (await host.NamesAsync()).ShouldBe([.. before, names[^1]], ignoreOrder: true);
        (await host.Containerd.CtrAsync("images", "rm", names[^1])).ExitCode.ShouldBe(0);
        (await host.InstallAsync(bundles, ["--uninstall", "--yes", .. host.IntoContainerd])).ShouldSay(
            0,
            "3 names were there before, or belong to another release, and stay"
        );
        (await host.InstallAsync(bundles, ["--status", .. host.IntoContainerd])).ShouldSay(50, "IMR6206");
        (await host.InstallAsync(bundles, host.IntoContainerd)).ShouldSay(0, "installed and proved");
    }

    /// <summary>The index goes last, so that what was left is still known for what it is.</summary>
    [ToolFact("docker-registry", "busybox", "dash", "zstd", "unshare")]
    public async Task Keeps_what_cannot_be_removed_and_loses_it_the_next_time()
    {
        using var host = new Host();
        (await host.InstallAsync(bundles, host.IntoLayout)).ShouldSay(0, "installed and proved");
        host.Put(
            "rm",
            $"""
            #!/bin/sh
            case " $* " in *'{host.Layout}/blobs/'*) exit 1 ;; esac
            exec '{Tools.Require("rm")}' "$@"

            """
        );
        string[] remove = ["--uninstall", "--yes", .. host.IntoLayout];

        (await host.InstallAsync(bundles, remove)).ShouldSay(50, "error IMR6209", "cannot be removed");
        File.Exists(Path.Combine(host.Layout, "index.json")).ShouldBeTrue();
        host.Receipts.ShouldNotBeEmpty();

        File.Delete(host.Scratch.PathOf("bin", "rm"));
        (await host.InstallAsync(bundles, remove)).ShouldSay(0, "was removed");
        Directory.Exists(host.Layout).ShouldBeFalse();
    }
}
