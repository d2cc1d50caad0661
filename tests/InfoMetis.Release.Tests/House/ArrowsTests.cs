using System.Text.RegularExpressions;

namespace InfoMetis.Release.Tests.House;

/// <summary>
/// Who may know whom. A room is a folder of the library and its namespace; files beside the rooms tie them together, so they
/// may use every room, and no room may use them.
/// </summary>
public sealed partial class ArrowsTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Messages"] = [],
        ["Oci"] = ["Messages"],
        ["Yaml"] = ["Messages"],
        ["Disk"] = ["Messages"],
        ["Tar"] = ["Messages"],
        ["Manifests"] = ["Messages", "Oci", "Yaml"],
        ["Coupling"] = ["Messages", "Oci", "Yaml", "Manifests"],
        ["Deployment"] = ["Messages", "Oci", "Yaml", "Disk", "Manifests", "Coupling"],
        ["Registry"] = ["Messages", "Oci", "Yaml"],
        ["Store"] = ["Messages", "Oci", "Disk", "Tar"],
        ["Signing"] = ["Messages", "Oci", "Disk"],
        ["Install"] = ["Messages", "Oci"],
        ["Bundle"] = ["Messages", "Oci", "Yaml", "Manifests", "Signing", "Disk", "Tar", "Install"],
        ["Demo"] = ["Messages", "Oci", "Tar"],
        ["Serving"] = ["Messages", "Oci"],
        ["Reports"] = ["Messages", "Oci", "Manifests", "Coupling", "Deployment"],
    };

    private static readonly string[] NamesOfNoSubject = ["Helpers", "Utils", "Common", "Models", "Misc"];
    private static readonly string[] Writers = ["Disk", "Store", "Bundle"];

    private static readonly IReadOnlyList<SourceFile> Files = SourceFile.OfProject(SourceFile.Library);

    private static readonly ILookup<string, string> TypesByRoom = Files
        .SelectMany(file => file.Types.Select(type => (file.Room, type)))
        .ToLookup(pair => pair.Room, pair => pair.type);

    private static readonly HashSet<string> NetworkTypes =
    [
        .. typeof(HttpClient).Assembly.GetExportedTypes().Select(type => type.Name.Split('`')[0]),
        "Dns",
        "Socket",
        "TcpClient",
        "TcpListener",
        "UdpClient",
        "WebClient",
    ];

    public static TheoryData<string> Paths => [.. Files.Select(file => file.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_room_uses_only_the_rooms_it_may_know(string path)
    {
        var file = Find(path);
        if (file.Room.Length == 0)
            return;
        Allowed.Keys.ShouldContain(
            file.Room,
            $"{path}: add the room to the table, or put the file into one that is there"
        );
        file.Mentions(TypesByRoom)
            .Except([.. Allowed[file.Room], file.Room])
            .ShouldBeEmpty($"{path} may know only {string.Join(", ", Allowed[file.Room])}");
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void No_room_knows_the_files_that_tie_the_rooms_together(string path)
    {
        var file = Find(path);
        if (file.Room.Length > 0)
            file.Words.Intersect(TypesByRoom[""]).ShouldBeEmpty(path);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Folder_and_namespace_are_the_same(string path)
    {
        var file = Find(path);
        var expected = file.Room.Length == 0 ? SourceFile.Library : $"{SourceFile.Library}.{file.Room}";
        file.Namespace.ShouldBe(expected, path);
        GlobalUsing().IsMatch(file.Code).ShouldBeFalse($"{path}: a global using hides who knows whom");
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Only_Registry_talks_to_the_network(string path)
    {
        var file = Find(path);
        if (file.Room != "Registry")
            file.Words.Intersect(NetworkTypes).ShouldBeEmpty(path);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Only_Serving_listens(string path)
    {
        var file = Find(path);
        if (file.Room != "Serving")
            file.Code.Contains("Microsoft.AspNetCore", StringComparison.Ordinal).ShouldBeFalse(path);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Only_the_rooms_of_storage_write_files(string path)
    {
        var file = Find(path);
        if (!Writers.Contains(file.Room))
            FileWriting().Matches(file.Code).Select(match => match.Value).ShouldBeEmpty(path);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void No_file_of_the_library_knows_the_console_or_the_environment(string path) =>
        Surroundings().Matches(Find(path).Code).Select(match => match.Value).ShouldBeEmpty(path);

    [Fact]
    public void No_project_file_brings_in_a_room_by_itself()
    {
        foreach (
            var project in Directory.EnumerateFiles(Repository.PathTo("src"), "*.csproj", SearchOption.AllDirectories)
        )
            File.ReadAllText(project).ShouldNotContain("<Using", customMessage: project);
        File.ReadAllText(Repository.PathTo("Directory.Build.props")).ShouldNotContain("<Using Include=\"InfoMetis");
    }

    [Fact]
    public void The_table_has_no_circle_and_no_name_without_a_subject()
    {
        Allowed.Keys.Concat(Files.Select(file => file.Room)).Intersect(NamesOfNoSubject).ShouldBeEmpty();
        var settled = new HashSet<string>(StringComparer.Ordinal);
        while (Allowed.FirstOrDefault(r => !settled.Contains(r.Key) && r.Value.All(settled.Contains)).Key is { } room)
            settled.Add(room);
        Allowed.Keys.Except(settled).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("new FileStream(p, FileMode.CreateNew)")]
    [InlineData("File.WriteAllText(p, t)")]
    [InlineData("System.IO.File.Create(p)")]
    [InlineData("File.Move(a, b)")]
    [InlineData("FileAccess.ReadWrite")]
    [InlineData("Directory.CreateDirectory(p)")]
    public void Writing_of_files_is_recognised(string code) => FileWriting().IsMatch(code).ShouldBeTrue();

    [Theory]
    [InlineData("new FileStream(p, FileMode.Open, FileAccess.Read)")]
    [InlineData("File.Exists(p)")]
    [InlineData("File.ReadAllText(p)")]
    [InlineData("Message.File.Creates(p)")]
    public void Reading_of_files_is_not_mistaken_for_writing(string code) =>
        FileWriting().IsMatch(code).ShouldBeFalse();

    private static SourceFile Find(string path) => Files.Single(file => file.Path == path);

    [GeneratedRegex(@"\bglobal\s+using\b")]
    private static partial Regex GlobalUsing();

    [GeneratedRegex(
        @"\bFileMode\.(Create|Append|OpenOrCreate|Truncate)\w*|\bFileAccess\.\w*Write"
            + @"|(?<!\w\.(?<!IO\.))\bFile\.(Write|Append|Create|Move|Copy|Delete|Replace|Set|OpenWrite|Encrypt)\w*"
            + @"|\bDirectory\.(Create|Move|Delete|Set)\w*"
    )]
    private static partial Regex FileWriting();

    [GeneratedRegex(@"\bSystem\.Console\b|(?<!\.)\bConsole\.|\bEnvironment\.\w*(EnvironmentVariable|Exit)\w*")]
    private static partial Regex Surroundings();
}
