using System.Diagnostics;

namespace InfoMetis.Release.EndToEnd.Schema;

/// <summary>Runs where python3 has jsonschema and yaml; elsewhere it is skipped, but not where CI is set.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SchemaFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> Missing = new(() => !Runs());

    public SchemaFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true" && Missing.Value)
            Skip = "python3-jsonschema and python3-yaml are not installed";
    }

    private static bool Runs()
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(
                    "python3",
                    ["-c", "import jsonschema.validators as v, yaml; v.Draft202012Validator"]
                )
                {
                    RedirectStandardError = true,
                    UseShellExecute = false,
                }
            )!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
