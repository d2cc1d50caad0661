using System.Text.RegularExpressions;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.House;

/// <summary>Cake refuses a script as a whole, whatever it was asked for; so every way to start it is tried.</summary>
public sealed partial class The_tasks_of_the_build
{
    [ToolTheory("dotnet")]
    [InlineData(null, "Check-Format, Restore, Build, Test")]
    [InlineData("true", "Check-Format, Restore, Build, Pack, Publish, Publish-All, Test")]
    public async Task Come_in_this_order_before_a_test(string? ci, string order)
    {
        var plan = new Run("dotnet", "cake", "--dryrun", "--target=Test")
        {
            Variables = new Dictionary<string, string?> { ["CI"] = ci, ["NO_COLOR"] = "1" },
        };

        var finished = await plan.ToEndAsync();

        finished.ExitCode.ShouldBe(0, finished.Output + finished.Error);
        string.Join(", ", Step().Matches(Plain(finished.Output)).Select(step => step.Groups["task"].Value))
            .ShouldBe(order);
    }

    private static string Plain(string text) => Colour().Replace(text, "");

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Colour();

    [GeneratedRegex(@"^\d+\. (?<task>[A-Za-z-]+)$", RegexOptions.Multiline)]
    private static partial Regex Step();
}
