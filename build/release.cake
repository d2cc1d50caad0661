using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

// What leaves the house: one file that needs nothing, a .NET tool, and the papers beside them.

const string Published = "artifacts/publish";
const string Packages = "artifacts/packages";
const string PublishedProgram = $"{Published}/imrel";
const string PublishObjects = "artifacts/obj/publish";
const string Materials = "imrel.cdx.json";
const string Sums = "SHA256SUMS";

// Version, commit and time as properties for MSBuild; asked once.
Lazy<Dictionary<string, string>> Checkout = new(() =>
    Answer("build/version.sh", "")
        .Select(line => line.Substring("-p:".Length).Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1])
);

string Commit => Checkout.Value.GetValueOrDefault("SourceRevisionId", "");

bool IsDirty => Commit.EndsWith(".dirty");

List<string> Answer(string program, string arguments)
{
    var settings = new ProcessSettings { Arguments = arguments, RedirectStandardOutput = true };
    if (StartProcess(program, settings, out var lines) is not 0 and var exit)
        throw new CakeException(exit, $"'{program} {arguments}' said no (exit {exit})");
    return lines.ToList();
}

Task("Publish")
    .Description("one self-contained file for linux-x64, with its papers, in artifacts/publish")
    .Does(() =>
    {
        CleanDirectory(Published);
        DotNetPublish(
            Cli,
            new DotNetPublishSettings
            {
                Configuration = "Release",
                Runtime = "linux-x64",
                SelfContained = true,
                PublishSingleFile = true,
                PublishTrimmed = true,
                PublishReadyToRun = true,
                OutputDirectory = Published,
                // A lock file lists packages once for each runtime; this one must not touch the one that is kept. The
                // analyzers judge in Build; what can be trimmed is judged here.
                MSBuildSettings = Strict()
                    .WithProperty("NuGetLockFilePath", "obj/linux-x64.lock.json")
                    .WithProperty("RunAnalyzers", "false")
                    .WithProperty("TrimmerSingleWarn", "false")
                    // Symbols of others are written anew, with the path of this folder in them.
                    .WithProperty("TrimmerRemoveSymbols", "true"),
                ArgumentCustomization = arguments => arguments.Append($"--artifacts-path {PublishObjects}"),
            }
        );
        TakeAlongTheTool();
        System.IO.File.WriteAllBytes($"{Published}/{Materials}", BillOfMaterials());
        WriteSums();
        Sign();
        Report(PublishedProgram, PublishedProgram);
    });

Task("Pack")
    .Description("a .NET tool in artifacts/packages")
    .IsDependentOn("Restore")
    .Does(() =>
    {
        CleanDirectory(Packages);
        DotNetPack(
            Cli,
            new DotNetPackSettings
            {
                Configuration = "Release",
                NoRestore = true,
                OutputDirectory = Packages,
                // With a runtime named, it would be a package for each.
                MSBuildSettings = Strict().WithProperty("RuntimeIdentifiers", ""),
            }
        );
        var package = GetFiles($"{Packages}/*.nupkg").Single().FullPath;
        System.IO.File.WriteAllText($"{Packages}/commit", Commit + "\n");
        Report(package, "dotnet", "src/InfoMetis.Release.Cli/bin/Release/net10.0/imrel.dll ");
    });

Task("Publish-All")
    .IsDependentOn("Pack")
    .IsDependentOn("Publish");

// A package of another commit is another release.
void TakeAlongTheTool()
{
    if (FileExists($"{Packages}/commit") && System.IO.File.ReadAllText($"{Packages}/commit").Trim() == Commit)
        CopyFiles($"{Packages}/*.nupkg", Published);
    else
        Information($"without the .NET tool: none of this commit is in {Packages}; './build.sh pack' makes it");
}

// In CycloneDX 1.6: what was linked into the file, as the restore resolved and hashed it.
byte[] BillOfMaterials()
{
    var version = Answer(PublishedProgram, "--version").Single();
    using var assets = JsonDocument.Parse(
        System.IO.File.ReadAllBytes($"{PublishObjects}/obj/InfoMetis.Release.Cli/project.assets.json")
    );
    var parts = Libraries(assets.RootElement).Concat(Runtimes(assets.RootElement)).OrderBy(part => part.Name, StringComparer.Ordinal);
    using var bytes = new MemoryStream();
    using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
    {
        json.WriteStartObject();
        json.WriteString("bomFormat", "CycloneDX");
        json.WriteString("specVersion", "1.6");
        json.WriteNumber("version", 1);
        json.WriteStartObject("metadata");
        if (Checkout.Value.TryGetValue("DeterministicTimestamp", out var time))
            json.WriteString("timestamp", $"{DateTimeOffset.FromUnixTimeSeconds(long.Parse(time)):yyyy-MM-dd'T'HH:mm:ss'Z'}");
        json.WriteStartObject("component");
        json.WriteString("type", "application");
        json.WriteString("bom-ref", "imrel");
        json.WriteString("name", "imrel");
        json.WriteString("version", version);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("components");
        foreach (var part in parts)
        {
            var url = $"pkg:nuget/{part.Name}@{part.Version}";
            json.WriteStartObject();
            json.WriteString("type", "library");
            json.WriteString("bom-ref", url);
            json.WriteString("name", part.Name);
            json.WriteString("version", part.Version);
            json.WriteStartArray("hashes");
            json.WriteStartObject();
            json.WriteString("alg", "SHA-512");
            json.WriteString("content", Convert.ToHexStringLower(Convert.FromBase64String(part.Hash)));
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteString("purl", url);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
    return bytes.ToArray();
}

// Packages that bring code; those that only judge ours bring none.
IEnumerable<(string Name, string Version, string Hash)> Libraries(JsonElement assets)
{
    var target = assets.GetProperty("targets").EnumerateObject().Single(one => one.Name.EndsWith("/linux-x64"));
    foreach (var library in target.Value.EnumerateObject())
    {
        if (library.Value.GetProperty("type").GetString() != "package" || !library.Value.TryGetProperty("runtime", out _))
            continue;
        var (name, version) = (library.Name.Split('/')[0], library.Name.Split('/')[1]);
        yield return (name, version, assets.GetProperty("libraries").GetProperty(library.Name).GetProperty("sha512").GetString());
    }
}

// The runtime itself: no lock file knows it, for the SDK chooses it.
IEnumerable<(string Name, string Version, string Hash)> Runtimes(JsonElement assets)
{
    var folder = assets.GetProperty("packageFolders").EnumerateObject().First().Name;
    var framework = assets.GetProperty("project").GetProperty("frameworks").EnumerateObject().Single();
    foreach (var download in framework.Value.GetProperty("downloadDependencies").EnumerateArray())
    {
        var name = download.GetProperty("name").GetString();
        if (!name.EndsWith(".App.Runtime.linux-x64"))
            continue;
        var version = download.GetProperty("version").GetString().Trim('[', ']').Split(',')[0];
        var path = System.IO.Path.Combine(folder, name.ToLowerInvariant(), version, ".nupkg.metadata");
        using var metadata = JsonDocument.Parse(System.IO.File.ReadAllBytes(path));
        yield return (name, version, metadata.RootElement.GetProperty("contentHash").GetString());
    }
}

void WriteSums()
{
    var lines = GetFiles($"{Published}/*")
        .Select(file => file.GetFilename().ToString())
        .Order(StringComparer.Ordinal)
        .Select(name =>
            $"{Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes($"{Published}/{name}")))}  {name}\n"
        );
    System.IO.File.WriteAllText($"{Published}/{Sums}", string.Concat(lines));
}

// By the very file that is published. What no commit holds is nobody's release.
void Sign()
{
    if (EnvironmentVariable("IMREL_RELEASE_KEY") is not { Length: > 0 } key)
    {
        Information("unsigned: IMREL_RELEASE_KEY names no key");
        return;
    }
    if (IsDirty || Commit.Length == 0)
        throw new CakeException($"this is no commit ('{Commit}'), and is not signed; unset IMREL_RELEASE_KEY to publish it unsigned");
    var arguments = new ProcessArgumentBuilder().Append("sign").AppendQuoted(Published).Append("--key").AppendQuoted(key);
    if (StartProcess(PublishedProgram, new ProcessSettings { Arguments = arguments }) is not 0 and var exit)
        throw new CakeException(exit, $"'imrel sign' said no (exit {exit})");
}

// The fastest of ten: everything slower is the machine's doing.
void Report(string file, string program, string prefix = "")
{
    var times = Enumerable.Range(0, 10).Select(_ =>
    {
        var began = Stopwatch.GetTimestamp();
        Answer(program, $"{prefix}--version");
        return Stopwatch.GetElapsedTime(began);
    });
    var size = new System.IO.FileInfo(file).Length / 1e6;
    Information($"{System.IO.Path.GetFileName(file)}: {size:N1} MB, starts in {times.Min().TotalMilliseconds:N0} ms");
}
