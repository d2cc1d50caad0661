using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Cli;

/// <summary>What commands that need a network take from where they are started; nothing here gets as far as one.</summary>
public sealed class The_surroundings_of_imrel : IDisposable
{
    private static readonly string Release = RepositoryRoot.PathOf("releases/v0.5.0.yaml");

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("pin")]
    [InlineData("drift")]
    public async Task Hold_a_registries_file_that_is_read_without_being_named(string command)
    {
        _folder.Write("registries.yaml", "registries: {}\n");

        var finished = await Imrel(command).ToEndAsync();

        finished.ExitCode.ShouldBe(10, finished.Error);
        finished.Error.ShouldContain("at:   registries.yaml:1:1");
    }

    [Theory]
    [InlineData("pin", "HTTPS_PROXY")]
    [InlineData("drift", "https_proxy")]
    public async Task Name_a_proxy_and_its_login_is_not_shown(string command, string variable)
    {
        var run = Imrel(command) with
        {
            Variables = new Dictionary<string, string?> { [variable] = "gopher://frieda:secret@proxy" },
        };

        var finished = await run.ToEndAsync();

        finished.ExitCode.ShouldBe(20, finished.Error);
        finished.Error.ShouldContain("IMR3013");
        finished.Error.ShouldNotContain("secret");
    }

    private Run Imrel(string command) => new(ImrelProgram.File, command, Release) { Folder = _folder.Folder };
}
