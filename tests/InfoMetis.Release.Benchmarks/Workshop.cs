namespace InfoMetis.Release.Benchmarks;

/// <summary>Where benchmarks find the repository and leave what they make.</summary>
internal sealed record Workshop(string Repository)
{
    public string PathOf(string name) => Path.Combine(Repository, "artifacts", "bench", name);

    public static Workshop Open()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "InfoMetis.Release.sln")))
                continue;
            var workshop = new Workshop(folder.FullName);
            Directory.CreateDirectory(workshop.PathOf("."));
            return workshop;
        }
        throw new MeasuringException($"no folder above '{AppContext.BaseDirectory}' is the repository");
    }
}
