using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.House;

/// <summary>
/// The imrel script among sources that build in seconds: a program that prints its arguments, one a line, and ends
/// with their number.
/// </summary>
internal sealed class StandInRepository : IDisposable
{
    private const string Project = "src/InfoMetis.Release.Cli/InfoMetis.Release.Cli.csproj";
    private const string Source = "src/InfoMetis.Release.Cli/Program.cs";

    private readonly ScratchFolder _scratch = new();

    public StandInRepository()
    {
        foreach (var file in new[] { "imrel", "build/dotnet-sdk.sh", "build/version.sh", "global.json" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
            File.Copy(RepositoryRoot.PathOf(file), PathOf(file));
        }
        _scratch.Write("Directory.Build.props", "<Project />");
        _scratch.Write(
            Project,
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <AssemblyName>imrel</AssemblyName>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
            </Project>
            """
        );
        WriteProgram("args.Length");
    }

    public string Script => PathOf("imrel");

    public IReadOnlyList<string> Builds => Directory.GetDirectories(PathOf("artifacts/bin/imrel"));

    public string PathOf(string path) => _scratch.PathOf(path);

    public void WriteProgram(string exitCode) =>
        _scratch.Write(Source, $"foreach (var arg in args) Console.WriteLine(arg); return {exitCode};");

    public Task<Finished> StartAsync(params string[] arguments) => new Run(Script, arguments).ToEndAsync();

    public void Dispose() => _scratch.Dispose();
}
