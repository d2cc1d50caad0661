using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Serving;

/// <summary>
/// ASP.NET Core, where the runtime lies. A program that names it as its framework does not start at all without it, and looks
/// for it at every start; so it is looked for when something is to be served, and not before.
/// </summary>
internal static class WebFramework
{
    private const string Framework = "Microsoft.AspNetCore.App";
    private const string Entrance = "Microsoft.AspNetCore";

    private static readonly Lazy<bool> IsThere = new(Prepare);

    /// <exception cref="ReleaseException">This machine has none for the runtime that runs.</exception>
    public static void Require()
    {
        if (!IsThere.Value)
            throw new ReleaseException(
                Message.WebFrameworkMissing(Environment.Version.ToString(), RuntimeEnvironment.GetRuntimeDirectory())
            );
    }

    private static bool Prepare()
    {
        // Where the program brought it along, or was started with it, this is never asked.
        if (FolderOf(RuntimeEnvironment.GetRuntimeDirectory()) is { } folder)
            AssemblyLoadContext.Default.Resolving += (context, name) => Load(context, Path.Combine(folder, name.Name!));
        try
        {
            Assembly.Load(new AssemblyName(Entrance));
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2026",
        Justification = "What was trimmed brought the framework along, and never looks for it in a folder."
    )]
    private static Assembly? Load(AssemblyLoadContext context, string path) =>
        File.Exists($"{path}.dll") ? context.LoadFromAssemblyPath($"{path}.dll") : null;

    /// <summary>The one of the same release as the runtime, or else the newest that is made for it.</summary>
    private static string? FolderOf(string runtime)
    {
        var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(runtime));
        if (own.Parent?.Parent is not { } shared || !Version.TryParse(own.Name, out var version))
            return null;
        var all = new DirectoryInfo(Path.Combine(shared.FullName, Framework));
        if (!all.Exists)
            return null;
        return all.EnumerateDirectories()
            .Select(folder => (folder.FullName, Version: Version.TryParse(folder.Name, out var its) ? its : null))
            .Where(found => found.Version?.Major == version.Major && found.Version.Minor == version.Minor)
            .OrderByDescending(found => found.Version == version)
            .ThenByDescending(found => found.Version)
            .Select(found => found.FullName)
            .FirstOrDefault();
    }
}
