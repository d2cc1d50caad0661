using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.House;

public sealed class Starting_imrel_from_source : IDisposable
{
    private const string Announcement = "building imrel once…\n";

    private readonly StandInRepository _repository = new();

    [Fact]
    public async Task Builds_once_and_passes_on_arguments_and_exit_code()
    {
        var first = await _repository.StartAsync("a b", "", "*", "$HOME");
        var second = await _repository.StartAsync("--", "c");

        first.ShouldBe(new Finished(4, "a b\n\n*\n$HOME\n", Announcement));
        second.ShouldBe(new Finished(2, "--\nc\n", ""));
        _repository.Builds.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Builds_again_after_a_change_of_the_sources()
    {
        await _repository.StartAsync();
        _repository.WriteProgram("42");

        var changed = await _repository.StartAsync();
        var unchanged = await _repository.StartAsync();

        changed.ShouldBe(new Finished(42, "", Announcement));
        unchanged.ShouldBe(new Finished(42, "", ""));
    }

    [Fact]
    public async Task Builds_once_when_started_many_times_at_once()
    {
        var starts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _repository.StartAsync("x")));

        starts.ShouldAllBe(start => start.ExitCode == 1 && start.Output == "x\n");
        starts.Count(start => start.Error == Announcement).ShouldBe(1);
        _repository.Builds.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Works_through_relative_and_absolute_links_from_another_folder()
    {
        Directory.CreateDirectory(_repository.PathOf("other place"));
        File.CreateSymbolicLink(_repository.PathOf("other place/absolute"), _repository.Script);
        File.CreateSymbolicLink(_repository.PathOf("relative"), "other place/absolute");
        var start = new Run(_repository.PathOf("relative"), "x") { Folder = Path.GetTempPath() };

        var finished = await start.ToEndAsync();

        finished.ShouldBe(new Finished(1, "x\n", Announcement));
    }

    [Fact]
    public async Task Shows_the_compilers_errors_and_ends_with_70_when_the_build_fails()
    {
        _repository.WriteProgram("nonsense");

        var finished = await _repository.StartAsync();

        finished.ExitCode.ShouldBe(70);
        finished.Output.ShouldBe("");
        finished.Error.ShouldContain("error CS0103");
        _repository.Builds.ShouldBeEmpty();
    }

    [Fact]
    public async Task Says_how_to_get_the_sdk_and_ends_with_40_when_there_is_none()
    {
        var tools = Directory.CreateDirectory(_repository.PathOf("tools without dotnet")).FullName;
        foreach (var tool in new[] { "sh", "mkdir", "flock", "cat", "find" })
            File.CreateSymbolicLink(Path.Combine(tools, tool), Tools.Require(tool));
        var start = new Run(_repository.Script)
        {
            Variables = new Dictionary<string, string?> { ["PATH"] = tools, ["DOTNET_ROOT"] = null },
        };

        var finished = await start.ToEndAsync();

        finished.ExitCode.ShouldBe(40);
        finished.Error.ShouldStartWith("error: no .NET 10 SDK was found");
        finished.Error.ShouldContain("dotnet-sdk-10.0");
    }

    [Fact]
    public async Task The_one_of_this_repository_builds_and_helps()
    {
        var start = new Run(RepositoryRoot.PathOf("imrel"), "--help") { Folder = Path.GetTempPath() };

        var finished = await start.ToEndAsync();

        finished.ExitCode.ShouldBe(0, finished.Error);
        finished.Output.ShouldContain("imrel check releases/v0.5.0.yaml");
    }

    public void Dispose() => _repository.Dispose();
}
