namespace InfoMetis.Release.EndToEnd.Harness;

/// <summary>The folder of the checkout that these tests were built in.</summary>
internal static class RepositoryRoot
{
    private const string Landmark = "InfoMetis.Release.sln";

    public static string Folder { get; } = Find(AppContext.BaseDirectory);

    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Folder, .. parts]);

    private static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Landmark)))
                return folder.FullName;
        }
        throw new InvalidOperationException($"no folder above '{start}' holds {Landmark}");
    }
}
