namespace InfoMetis.Release.Benchmarks;

/// <summary>A console program as the SDK's template makes it, untouched by the settings of this repository.</summary>
internal static class EmptyProgram
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
          </PropertyGroup>
        </Project>
        """;

    /// <summary>Where it starts.</summary>
    public static async Task<string> BuildAsync(Workshop workshop, CancellationToken cancellationToken)
    {
        var folder = workshop.PathOf("empty");
        Directory.CreateDirectory(folder);
        await WriteAsync("empty.csproj", Project);
        await WriteAsync("Program.cs", "Console.WriteLine(\"Hello, World!\");\n");
        foreach (
            var inherited in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" }
        )
            await WriteAsync(inherited, "<Project />\n");
        await Subject.RunAsync(
            "dotnet",
            cancellationToken,
            ["build", folder, "--configuration", "Release", "-nodeReuse:false", "-p:UseSharedCompilation=false"]
        );
        return Path.Combine(folder, "bin", "Release", "net10.0", "empty");

        Task WriteAsync(string name, string text) =>
            File.WriteAllTextAsync(Path.Combine(folder, name), text, cancellationToken);
    }
}
