using System.Reflection;
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

    public static TheoryData<string, string> All
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var constant in Constants)
                data.Add(constant.Name, (string)constant.GetRawConstantValue()!);
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
    public void Every_code_is_said_by_a_message(string name, string code) => SaidByMessage.ShouldContain(name, code);

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
            .Except(Constants.Select(constant => (string)constant.GetRawConstantValue()!))
            .ShouldBeEmpty();
}
