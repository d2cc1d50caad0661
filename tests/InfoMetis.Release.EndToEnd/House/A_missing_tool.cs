using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.House;

public sealed class A_missing_tool
{
    private const string Missing = "imrel-needs-no-such-tool";

    [Fact]
    public void Skips_a_test_with_the_reason_on_a_desk() =>
        Tools
            .Objection(["sh", Missing], mustBeThere: false)
            .ShouldBe($"{Missing} not found; build/install-test-tools.sh installs it");

    [Fact]
    public void Never_skips_a_test_on_a_machine_that_judges() =>
        Tools.Objection([Missing], mustBeThere: true).ShouldBeNull();

    [Fact]
    public async Task Fails_the_test_that_starts_it()
    {
        var failure = await Should.ThrowAsync<FileNotFoundException>(new Run(Missing).ToEndAsync);

        failure.Message.ShouldContain("build/install-test-tools.sh");
    }

    [Fact]
    public void Is_no_reason_to_skip_where_none_is_missing() =>
        Tools.Objection(["sh"], mustBeThere: false).ShouldBeNull();
}
