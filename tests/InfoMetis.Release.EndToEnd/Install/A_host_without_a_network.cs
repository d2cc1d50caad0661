using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Install;

[Collection(Installing.Name)]
public sealed class A_host_without_a_network(Installing bundles)
{
    [RootTheory("docker-registry", "busybox", "dash", "bash", "zstd", "tar", "containerd", "ctr", "runc", "unshare")]
    [InlineData("dash")]
    [InlineData("busybox", "ash")]
    [InlineData("bash")]
    [InlineData("bash", "--posix")]
    public async Task Has_every_image_when_k0s_starts_and_when_it_runs(params string[] shell)
    {
        using var host = new Host { Shell = shell }.WithK0s();
        var containerd = await host.StartContainerdAsync();

        // Before k0s ever ran: a file, and nothing else.
        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(0, "installed and proved: 24 images under 72 names");
        Directory.GetFiles(host.Images).ShouldHaveSingleItem().ShouldEndWith($"{BundleSite.Name}.tar");
        (await NamesAsync(containerd)).ShouldBeEmpty();
        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(0, "nothing to do");

        // It starts, and takes them in.
        var start = await host.StartK0sAsync();
        start.ExitCode.ShouldBe(0, start.Error);
        (await NamesAsync(containerd)).ShouldBe(Installing.Images.Names, ignoreOrder: true);
        (await host.InstallAsync(bundles, ["--status", .. host.IntoK0s])).ShouldSay(0, "is as it was installed");
        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(0, "nothing to place");
        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(0, "nothing to do");
        (await host.InstallAsync(bundles, ["--uninstall", "--yes", .. host.IntoK0s])).ShouldSay(0, "was removed");
        Directory.GetFiles(host.Images).ShouldBeEmpty();
        (await NamesAsync(containerd)).ShouldBeEmpty();

        // It runs.
        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(0, "installed and proved: 24 images under 72 names");
        (await NamesAsync(containerd)).ShouldBe(Installing.Images.Names, ignoreOrder: true);
        host.Report["images"]!.AsArray().Count.ShouldBe(24);
    }

    private static async Task<string[]> NamesAsync(ContainerdProcess containerd) =>
        (await containerd.CtrAsync("images", "ls", "--quiet")).Output.Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );
}
