using System.Reflection;
using System.Text.RegularExpressions;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Tests.House;

namespace InfoMetis.Release.Tests.Messages;

/// <summary>A code is a promise: it is said somewhere, it is explained, and it means one thing.</summary>
public sealed class MessagesTests
{
    private static readonly FieldInfo[] Constants =
    [
        .. typeof(Codes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral),
    ];

    private static readonly HashSet<string> SaidByMessage =
    [
        .. SourceFile
            .OfProject(SourceFile.Library)
            .Where(file => file.Path.StartsWith("Messages/Message", StringComparison.Ordinal))
            .SelectMany(file => file.Code.Split("Codes.").Skip(1))
            .Select(rest => string.Concat(rest.TakeWhile(char.IsLetterOrDigit))),
    ];

    /// <summary>The codes in the chapters of install.sh, which says its sentences itself; not those in its comments.</summary>
    private static readonly HashSet<string> SaidByScript =
    [
        .. Directory
            .EnumerateFiles(Repository.PathTo("src", SourceFile.Library, "Install", "Script"), "*.sh")
            .SelectMany(File.ReadLines)
            .Where(line => !line.TrimStart().StartsWith('#'))
            .SelectMany(line => Regex.Matches(line, "IMR[0-9]{4}"))
            .Select(match => match.Value),
    ];

    public static TheoryData<string, string> All
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var constant in Constants)
                data.Add(constant.Name, Code(constant));
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_code_has_a_page_that_names_it(string name, string code)
    {
        var page = Repository.PathTo("docs", "messages", $"{code}.md");
        File.Exists(page).ShouldBeTrue($"{name}: write docs/messages/{code}.md");
        var lines = File.ReadAllLines(page);
        lines[0].ShouldStartWith($"# {code}: ");
        lines.Length.ShouldBeGreaterThan(3, $"docs/messages/{code}.md explains nothing");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_code_is_said_by_a_message_or_by_the_script(string name, string code) =>
        (SaidByMessage.Contains(name) || SaidByScript.Contains(code)).ShouldBeTrue($"nobody says {name}, {code}");

    [Fact]
    public void Every_code_that_the_script_says_is_one_of_ours() =>
        SaidByScript.Except(Constants.Select(Code)).ShouldBeEmpty();

    [Theory]
    [InlineData(Codes.K0sSkew, ExitCode.CouplingRefused)]
    [InlineData(Codes.ReceiptMalformed, ExitCode.Integrity)]
    [InlineData(Codes.ReceiptOfAnother, ExitCode.Integrity)]
    [InlineData(Codes.ToolMissing, ExitCode.MachineUnfit)]
    [InlineData(Codes.NameAbsent, ExitCode.TargetIncomplete)]
    [InlineData(Codes.ReceiptIncomplete, ExitCode.TargetIncomplete)]
    public void What_is_found_on_a_target_has_the_exit_code_of_its_family(string code, ExitCode exitCode) =>
        ExitCodes.Of(code).ShouldBe(exitCode);

    [Theory]
    [MemberData(nameof(All))]
    public void Every_code_belongs_to_a_family_with_an_exit_code(string name, string code)
    {
        code.ShouldMatch("^IMR[0-9]{4}$", name);
        (ExitCodes.Of(code) is ExitCode.OwnBug).ShouldBe(code.StartsWith("IMR9", StringComparison.Ordinal), name);
    }

    [Fact]
    public void No_code_means_two_things() =>
        Constants.GroupBy(constant => constant.GetRawConstantValue()).Where(twins => twins.Count() > 1).ShouldBeEmpty();

    [Fact]
    public void No_page_explains_a_code_that_is_gone() =>
        Directory
            .EnumerateFiles(Repository.PathTo("docs", "messages"))
            .Select(Path.GetFileNameWithoutExtension)
            .Except(Constants.Select(Code))
            .ShouldBeEmpty();

    private static string Code(FieldInfo constant) => (string)constant.GetRawConstantValue()!;
}
