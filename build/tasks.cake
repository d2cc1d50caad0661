#load "release.cake"

using System.Xml.Linq;

var target = Argument("target", "Default");
var names = Argument("names", "");

const string Solution = "InfoMetis.Release.sln";
const string Cli = "src/InfoMetis.Release.Cli/InfoMetis.Release.Cli.csproj";
const string Benchmarks = "tests/InfoMetis.Release.Benchmarks/InfoMetis.Release.Benchmarks.csproj";
const string Results = "artifacts/test-results";

// Build servers outlive the build and hold its files open; a build that is run twice a day gains nothing by them.
DotNetMSBuildSettings Strict()
{
    var settings = new DotNetMSBuildSettings { TreatAllWarningsAs = MSBuildTreatAllWarningsAs.Error }
        .WithProperty("UseSharedCompilation", "false")
        .SetNodeReuse(false);
    foreach (var (name, value) in Checkout.Value)
        settings.WithProperty(name, value);
    return settings;
}

void Tool(string arguments, string folder = ".")
{
    var settings = new ProcessSettings { Arguments = arguments, WorkingDirectory = folder };
    if (StartProcess("dotnet", settings) is not 0 and var exit)
        throw new CakeException(exit, $"'dotnet {arguments}' said no (exit {exit})");
}

Task("Restore")
    .Does(() => DotNetRestore(Solution, new DotNetRestoreSettings { LockedMode = true, MSBuildSettings = Strict() }));

Task("Build")
    .Description("builds everything in Release; a warning is an error")
    .IsDependentOn("Restore")
    .Does(() =>
        DotNetBuild(
            Solution,
            new DotNetBuildSettings { Configuration = "Release", NoRestore = true, MSBuildSettings = Strict() }
        )
    );

Task("Format")
    .Description("lays out every source file anew")
    .Does(() => Tool("csharpier format ."));

Task("Check-Format")
    .Does(() => Tool("csharpier check ."));

Task("Test")
    .Description("builds, checks the layout, runs every test, and closes with the totals")
    .IsDependentOn("Check-Format")
    .IsDependentOn("Build")
    // In CI what is tested is what is published; on a desk, what was built, and what was published, if anything. Cake takes
    // no task twice, and everything has been restored by then.
    .IsDependentOn(IsJudging ? "Publish-All" : "Restore")
    .Does(() =>
    {
        if (IsJudging)
            System.Environment.SetEnvironmentVariable("IMREL_UNDER_TEST", PublishedProgram);
        var broken = new List<string>();
        foreach (var project in GetFiles("tests/*/*Tests.csproj") + GetFiles("tests/*/*EndToEnd.csproj"))
        {
            var name = project.GetFilenameWithoutExtension().ToString();
            try
            {
                DotNetTest(
                    project.FullPath,
                    new DotNetTestSettings
                    {
                        Configuration = "Release",
                        NoBuild = true,
                        NoRestore = true,
                        ResultsDirectory = Results,
                        Loggers = [$"trx;LogFileName={name}.trx", "console;verbosity=minimal"],
                    }
                );
            }
            catch (CakeException exception)
            {
                broken.Add($"{name}: {exception.Message}");
            }
        }
        var (passed, failed) = Close();
        if (failed > 0 || broken.Count > 0)
            throw new CakeException($"{failed} failed; {string.Join("; ", broken)}");
        if (passed == 0)
            throw new CakeException("no test ran");
    });

bool IsJudging => EnvironmentVariable("CI") == "true";

// The totals come from what each test left behind, so a run that breaks off cannot count more than it did.
(int Passed, int Failed) Close()
{
    var outcomes = GetFiles($"{Results}/*.trx")
        .SelectMany(file => XDocument.Load(file.FullPath).Descendants())
        .Where(element => element.Name.LocalName == "UnitTestResult")
        .Select(element => (string)element.Attribute("outcome"))
        .ToList();
    var passed = outcomes.Count(outcome => outcome == "Passed");
    var skipped = outcomes.Count(outcome => outcome == "NotExecuted");
    var failed = outcomes.Count - passed - skipped;
    var line = $"{passed} passed, {failed} failed" + (skipped > 0 ? $", {skipped} skipped" : "");
    System.IO.File.WriteAllText($"{Results}/closing-line", line + "\n");
    return (passed, failed);
}

Task("Mutate")
    .Description("changes the code of Oci, Manifests and Coupling and counts the changes that no test notices")
    .Does(() => Tool("stryker --output ../../artifacts/mutation", "tests/InfoMetis.Release.Tests"));

Task("Bench")
    .Description("runs the benchmarks, or those named after --")
    .IsDependentOn("Build")
    .Does(() => Tool($"run --no-build --configuration Release --project {Benchmarks} -- {names}"));

Task("Default")
    .Description("as build")
    .IsDependentOn("Build");

RunTarget(target);
