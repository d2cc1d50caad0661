using System.Runtime.CompilerServices;

namespace InfoMetis.Release.Tests;

/// <summary>
/// Compares a text with the approved one beside the test, Class.Method.verified.txt. Where they differ the text is written to
/// Class.Method.received.txt; to approve it, look at it and rename it.
/// </summary>
internal static class Approval
{
    public static void Verify(string text, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        var stem = Path.ChangeExtension(Repository.SourceFile(file), null) + "." + method;
        var (verified, received) = ($"{stem}.verified.txt", $"{stem}.received.txt");
        var actual = Normal(text);
        var approved = File.Exists(verified) ? Normal(File.ReadAllText(verified)) : null;
        if (actual == approved)
        {
            File.Delete(received);
            return;
        }
        File.WriteAllText(received, actual);
        Assert.Fail(
            approved is null
                ? $"nothing is approved yet; received is in {received}"
                : $"{Difference(approved, actual)}\nreceived is in {received}"
        );
    }

    private static string Normal(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";

    private static string Difference(string approved, string actual)
    {
        var (left, right) = (approved.Split('\n'), actual.Split('\n'));
        var line = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {line + 1} differs\napproved: {left.ElementAtOrDefault(line)}\nreceived: {right.ElementAtOrDefault(line)}";
    }
}
