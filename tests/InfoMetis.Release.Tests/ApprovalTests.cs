using Xunit.Sdk;

namespace InfoMetis.Release.Tests;

public sealed class ApprovalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Received => _folder.File("Some.Case.received.txt");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Text_as_approved_passes_and_removes_what_was_received_before()
    {
        Approve("one\ntwo\n");
        File.WriteAllText(Received, "old");
        Verify("one\r\ntwo");
        File.Exists(Received).ShouldBeFalse();
    }

    [Fact]
    public void Other_text_fails_and_names_the_first_line_that_differs()
    {
        Approve("one\ntwo\n");
        var failure = Should.Throw<FailException>(() => Verify("one\nthree\n"));
        failure.Message.ShouldContain("line 2 differs\napproved: two\nreceived: three");
        File.ReadAllText(Received).ShouldBe("one\nthree\n");
    }

    [Fact]
    public void Text_that_goes_on_behind_the_approved_one_fails()
    {
        Approve("one\n");
        Should.Throw<FailException>(() => Verify("one\ntwo\n")).Message.ShouldContain("line 2 differs");
    }

    [Fact]
    public void Text_that_nobody_approved_fails()
    {
        Should.Throw<FailException>(() => Verify("one\n")).Message.ShouldContain("nothing is approved yet");
        File.ReadAllText(Received).ShouldBe("one\n");
    }

    [Fact]
    public void Source_path_of_a_deterministic_build_is_found_in_the_repository() =>
        Repository.SourceFile("/_/tests/Some.cs").ShouldBe(Repository.PathTo("tests", "Some.cs"));

    private void Approve(string text) => File.WriteAllText(_folder.File("Some.Case.verified.txt"), text);

    private void Verify(string text) => Approval.Verify(text, _folder.File("Some.cs"), "Case");
}
