using System.Text;

namespace InfoMetis.Release.Signing;

/// <summary>The text of VERIFY.txt: how to check a bundle with nothing but tools that others wrote.</summary>
public static class Instructions
{
    private const string Resource = "verify/VERIFY.txt";

    /// <param name="archives">The archive, or its parts in their order.</param>
    public static string For(IReadOnlyList<string> archives) =>
        Template().Replace("{archives}", string.Join(' ', archives), StringComparison.Ordinal);

    private static string Template()
    {
        using var stream = typeof(Instructions).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
