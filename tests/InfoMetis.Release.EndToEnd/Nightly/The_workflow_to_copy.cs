using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Nightly;

/// <summary>docs/ci/nightly.yml, done step by step as CI would, with a registry of this machine.</summary>
public sealed class The_workflow_to_copy(NightlySite nightly) : IClassFixture<NightlySite>
{
    private BundleSite Site => nightly.Site;

    [ToolTheory("docker-registry", "busybox", "zstd", "bash")]
    [InlineData("gate")]
    [InlineData("drift")]
    [InlineData("bundle")]
    public async Task Does_what_it_says_and_leaves_what_it_keeps(string name)
    {
        var job = Workflow.Jobs[name];
        var folder = nightly.CheckOut(name, Site.Manifest);

        var done = await nightly.RunAsync(job, folder);

        done.ShouldAllBe(step => step.ExitCode == 0, string.Concat(done.Select(step => step.Output + step.Error)));
        foreach (var kept in job.Kept)
            Path.Exists(Path.Combine(folder, kept)).ShouldBeTrue(kept);
        Directory.GetFileSystemEntries(Path.Combine(folder, "temp")).ShouldBeEmpty();
        done.ShouldAllBe(step => !(step.Output + step.Error).Contains("correct horse"));
    }

    [ToolFact("docker-registry", "busybox", "zstd", "bash")]
    public async Task Ends_at_the_gate_where_an_image_is_not_pinned()
    {
        var folder = nightly.CheckOut("unpinned", RepositoryRoot.PathOf("releases", "v0.5.0.yaml"));

        var done = await nightly.RunAsync(Workflow.Jobs["gate"], folder);

        done.ShouldHaveSingleItem().ExitCode.ShouldBe(10);
        Workflow.Jobs.Where(job => job.Key != "gate").ShouldAllBe(job => job.Value.Needs == "gate");
    }

    [ToolFact("docker-registry", "busybox", "zstd", "bash")]
    public async Task Warns_of_a_tag_that_moved_and_goes_on()
    {
        using var moved = await BundleSite.StartAsync(PlatformImages.OfEveryKind);
        var folder = nightly.CheckOut("moved", moved.Manifest);
        File.Copy(moved.Registries, Path.Combine(folder, "registries.yaml"), overwrite: true);
        var (tagged, _) = moved.Images.All.First();
        var other = new ImageMaker(seed: 12, Dialect.Oci);
        var image = other.Image("linux/amd64", other.Layer(1000));
        await moved.Registry.PushAsync(PlatformImages.PathOf(tagged), PlatformImages.TagOf(tagged), image);

        var done = await nightly.RunAsync(Workflow.Jobs["drift"], folder);

        var step = done.ShouldHaveSingleItem();
        step.ExitCode.ShouldBe(0, step.Error);
        step.Output.ShouldContain("::warning::a tag no longer names what is pinned");
    }

    [ToolFact("shellcheck")]
    public async Task Has_steps_that_shellcheck_finds_nothing_in()
    {
        using var scratch = new ScratchFolder();
        var scripts = Workflow
            .Jobs.Values.SelectMany(job => job.Steps)
            .Where(step => step.Run is not null)
            .Select((step, number) => scratch.Write($"{number}.sh", step.Run!))
            .ToList();

        scripts.Count.ShouldBeGreaterThan(5);
        (await new Run("shellcheck", ["--shell", "bash", .. scripts]).ToEndAsync()).ShouldBe(new Finished(0, "", ""));
    }
}
