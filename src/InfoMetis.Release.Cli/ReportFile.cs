using System.Text.Json;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli;

/// <summary>Writes what a command did and found; the file appears whole or not at all.</summary>
internal static class ReportFile
{
    public const string ApiVersion = "infometis.io/report/v1";

    /// <summary>The outcome as it was, once its report is on disk.</summary>
    public static Outcome Write(string file, string command, Outcome outcome)
    {
        var partial = $"{file}.partial";
        try
        {
            using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write))
            {
                Json.Write(stream, json => Write(json, command, outcome));
                stream.Flush(flushToDisk: true);
            }
            File.Move(partial, file, overwrite: true);
            return outcome;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ReleaseException(Message.ReportUnwritable(file, exception.Message), exception);
        }
    }

    private static void Write(Utf8JsonWriter json, string command, Outcome outcome)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", ApiVersion);
        json.WriteString("imrel", CommandLine.Version);
        json.WriteString("command", command);
        json.WriteNumber("exitCode", (int)outcome.ExitCode);
        FindingJson.WriteArray(json, "findings", outcome.Findings);
        if (outcome.Details is { } details)
        {
            json.WritePropertyName("result");
            details(json);
        }
        json.WriteEndObject();
    }
}
