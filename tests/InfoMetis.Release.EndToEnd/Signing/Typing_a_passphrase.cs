using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Pull;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.EndToEnd.Signing;

public sealed class Typing_a_passphrase : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [ToolFact("python3")]
    public async Task Makes_a_key_that_it_opens_and_shows_nothing_of_it()
    {
        var script = RepositoryRoot.PathOf("tests/InfoMetis.Release.EndToEnd/Signing/type_passphrase.py");

        var finished = await new Run("python3", script, ImrelProgram.File, "keygen", "--output", "release")
        {
            Folder = _scratch.Folder,
        }.ToEndAsync();

        finished.ExitCode.ShouldBe(0, finished.Output);
        finished.Output.ShouldContain("fingerprint\n         sha256:");
        finished.Output.ShouldNotContain("hid");
        using var key = SigningKey.Load(_scratch.PathOf("release.key"), () => "hidden");
    }
}
