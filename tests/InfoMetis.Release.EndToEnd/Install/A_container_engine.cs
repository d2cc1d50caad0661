using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Install;

[Collection(Installing.Name)]
public sealed class A_container_engine(Installing bundles, DockerProcess docker) : IClassFixture<DockerProcess>
{
    private const int Incomplete = 50;

    private static readonly string Traefik = Installing.Images.All.Keys.Single(name =>
        name.Contains("traefik", StringComparison.Ordinal)
    );

    [RootTheory("docker-registry", "busybox", "dash", "zstd", "docker", "dockerd", "podman", "unshare")]
    [InlineData("docker")]
    [InlineData("podman")]
    public async Task Has_every_image_by_its_tag_and_nothing_when_it_is_undone(string engine)
    {
        using var host = HostOf();
        var (images, only) = (Installing.Images.All.Keys.ToArray(), Array.Empty<string>());
        if (engine == "docker")
        {
            (await host.InstallAsync(bundles, "--target", engine)).ShouldSay(Incomplete, "IMR6204", "packed with zstd");
            (await ImagesAsync(host, engine)).ShouldBeEmpty();
            var names = bundles.ForOldDocker();
            images = [.. images.Where((_, at) => names.Contains(bundles.Called(at)))];
            images.Length.ShouldBe(20);
            only = ["--only", string.Join(',', names)];
        }
        string[] into = ["--target", engine, .. only];

        var first = await host.InstallAsync(bundles, into);
        first.ShouldSay(0, $"{images.Length} images under {images.Length} names", "warning IMR6208");
        (await ImagesAsync(host, engine)).ShouldBe(images, ignoreOrder: true);
        (await host.InstallAsync(bundles, into)).ShouldSay(0, $"nothing to do: {images.Length} images");
        (await host.InstallAsync(bundles, ["--status", .. into])).ShouldSay(0, "is as it was installed");

        // What is gone, and what is another, is seen and put right.
        (await EngineAsync(host, engine, "rmi", Traefik)).ExitCode.ShouldBe(0);
        (await host.InstallAsync(bundles, ["--status", .. into])).ShouldSay(Incomplete, "IMR6201 image traefik");
        var other = Installing.Images.All.Keys.First();
        (await EngineAsync(host, engine, "tag", other, Traefik)).ExitCode.ShouldBe(0);
        (await host.InstallAsync(bundles, ["--status", .. into])).ShouldSay(Incomplete, "IMR6202 image traefik");
        (await host.InstallAsync(bundles, ["--uninstall", "--yes", .. into])).ShouldSay(Incomplete, "IMR6209");
        (await ImagesAsync(host, engine)).ShouldBe([Traefik]);
        (await EngineAsync(host, engine, "rmi", Traefik)).ExitCode.ShouldBe(0);
        (await host.InstallAsync(bundles, ["--uninstall", "--yes", .. into])).ShouldSay(0, "was removed");

        (await host.InstallAsync(bundles, "--target", engine, "--only", "traefik")).ShouldSay(
            0,
            "1 images under 1 names"
        );
        (await ImagesAsync(host, engine)).ShouldBe([Traefik]);
        (await host.InstallAsync(bundles, ["--uninstall", "--yes", .. into])).ShouldSay(0, "was removed");
        (await ImagesAsync(host, engine)).ShouldBeEmpty();
    }

    [RootTheory("docker-registry", "busybox", "dash", "zstd", "docker", "dockerd", "podman", "unshare")]
    [InlineData("docker")]
    [InlineData("podman")]
    public async Task Does_not_take_a_layer_that_was_changed_before_it_was_signed(string engine)
    {
        using var host = HostOf();
        using var medium = new Medium(bundles.Folder);
        var key = await What_only_the_proof_finds.SlipPastTheHashesAsync(medium);

        string[] arguments = ["--key", key, "--only", "traefik", "--target", engine, medium.Folder];
        var ran = await host.Script(bundles.Folder, arguments).ToEndAsync();

        ran.ShouldSay(Incomplete, "error IMR62");
        (await ImagesAsync(host, engine)).ShouldNotContain(Traefik);
        foreach (var image in await ImagesAsync(host, engine))
            await EngineAsync(host, engine, "rmi", image);
    }

    /// <summary>The container is one that only says it is; the engine, which takes the image of k0s in, is real.</summary>
    [RootFact("docker-registry", "busybox", "dash", "zstd", "docker", "dockerd", "containerd", "ctr", "unshare")]
    public async Task Has_k0s_in_a_container_and_hands_the_images_on_to_it()
    {
        using var host = HostOf().WithK0s().WithRunningK0s();
        await host.StartContainerdAsync();
        host.Put(
            "docker",
            $"""
            #!/bin/sh
            here='{host.Scratch.PathOf("k0s")}'
            case $1 in
                inspect) cat "$here/container" 2>/dev/null; exit ;;
                exec)
                    shift; [ "$1" != -i ] || shift
                    [ "$1" = infometis ] || exit 1
                    shift; exec "$@"
                    ;;
            esac
            exec '{Tools.Require("docker")}' "$@"

            """
        );
        string[] into = ["--target", "k0s-docker", "--k0s-config", host.Scratch.PathOf("k0s", "k0s.yaml")];
        var k0s = Installing.Images.All.Keys.Single(name => name.Contains("k0sproject/k0s:", StringComparison.Ordinal));

        // No container: what it is made from is there, and how is said.
        (await host.InstallAsync(bundles, into)).ShouldSay(
            Incomplete,
            "IMR6201",
            $"docker run --detach --name infometis",
            k0s
        );
        (await ImagesAsync(host, "docker")).ShouldBe([k0s]);
        (await host.NamesAsync()).ShouldBeEmpty();
        host.Receipts.ShouldAllBe(file => file.EndsWith(".journal", StringComparison.Ordinal));

        // A container that does not run.
        host.Scratch.Write("k0s/container", "exited\n");
        (await host.InstallAsync(bundles, into)).ShouldSay(Incomplete, "docker start infometis");

        host.Scratch.Write("k0s/container", "running\n");
        (await host.InstallAsync(bundles, into)).ShouldSay(0, "installed and proved: 24 images under 72 names");
        (await host.NamesAsync()).ShouldBe(Installing.Images.Names, ignoreOrder: true);
        (await host.InstallAsync(bundles, into)).ShouldSay(0, "nothing to do");

        host.Scratch.Write("k0s/container", "exited\n");
        (await host.InstallAsync(bundles, ["--uninstall", "--yes", .. into])).ShouldSay(40, "IMR6015");
        host.Scratch.Write("k0s/container", "running\n");
        (await host.InstallAsync(bundles, ["--uninstall", "--yes", .. into])).ShouldSay(0, "was removed");
        (await host.NamesAsync()).ShouldBeEmpty();
        await EngineAsync(host, "docker", "rmi", k0s);
    }

    private static async Task<string[]> ImagesAsync(Host host, string engine)
    {
        string[] list = ["images", "--format", "{{.Repository}}:{{.Tag}}"];
        var listed = await EngineAsync(host, engine, list);
        listed.ExitCode.ShouldBe(0, listed.Error);
        // Docker leaves out what goes without saying.
        return
        [
            .. listed
                .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(name => !name.StartsWith("<none>", StringComparison.Ordinal))
                .Select(name => Installing.Images.All.Keys.First(key => Short(key) == Short(name))),
        ];
    }

    private static string Short(string name) =>
        name.Replace("docker.io/library/", "", StringComparison.Ordinal)
            .Replace("docker.io/", "", StringComparison.Ordinal);

    private static Task<Finished> EngineAsync(Host host, string engine, params string[] arguments) =>
        new Run(engine, arguments) { Variables = host.Variables }.ToEndAsync();

    private Host HostOf()
    {
        var host = new Host();
        host.Variables["DOCKER_HOST"] = docker.Address;
        host.Variables["CONTAINERS_STORAGE_CONF"] = host.Scratch.Write(
            "storage.conf",
            $"""
            [storage]
            driver = "vfs"
            graphroot = "{host.Scratch.PathOf("podman")}"
            runroot = "{host.Scratch.PathOf("podman-run")}"

            """
        );
        return host;
    }
}
