namespace Tollgate.Tests.Conventions;

/// <summary>One level: folders that may use lower levels, and each other only where that is listed.</summary>
internal sealed record Level(params string[] Folders)
{
    public bool SeesItself { get; init; }
}

/// <summary>
/// Which folders may use which: lower levels only, also by way of a type of the root. The root itself may use all. The
/// first level is the lowest.
/// </summary>
/// <param name="Exceptions">
/// <c>Catalog.Plan -> Usage</c>: a type and the folder that it uses though it may not. One that is not needed is a
/// fault as well, so the list only shrinks.
/// </param>
internal sealed record Layers(Level[] Levels, params string[] Exceptions)
{
    public IEnumerable<string> Faults(CompiledTypes types)
    {
        var found = types
            .Types.SelectMany(type => Wrong(types, type))
            .GroupBy(wrong => wrong.Exception, wrong => wrong.Fault)
            .ToList();
        return found
            .Where(wrong => !Exceptions.Contains(wrong.Key))
            .SelectMany(wrong => wrong)
            .Concat(Exceptions.Except(found.Select(wrong => wrong.Key)).Select(one => $"no exception any more: {one}"));
    }

    private IEnumerable<(string Exception, string Fault)> Wrong(CompiledTypes types, string type)
    {
        var folder = CompiledTypes.FolderOf(type);
        if (folder.Length == 0)
            return [];
        if (LevelOf(folder) < 0)
            return [(type, $"{type}: folder {folder} has no level")];
        return from used in types.UsedBy(type)
            from reached in Reached(types, used)
            let target = CompiledTypes.FolderOf(reached)
            where target.Length > 0 && !Sees(folder, target)
            select (
                $"{type} -> {target}",
                used == reached ? $"{type} uses {used}" : $"{type} uses {used}, which uses {reached}"
            );
    }

    /// <summary>The type itself, or what it leads to where it stands in the root.</summary>
    private static IEnumerable<string> Reached(CompiledTypes types, string used)
    {
        var reached = new HashSet<string> { used };
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out var type))
        {
            if (CompiledTypes.FolderOf(type).Length > 0)
                continue;
            foreach (var next in types.UsedBy(type).Where(reached.Add))
                open.Enqueue(next);
        }

        return reached;
    }

    private bool Sees(string folder, string other) =>
        folder == other
        || LevelOf(other) < LevelOf(folder)
        || (LevelOf(other) == LevelOf(folder) && Levels[LevelOf(folder)].SeesItself);

    private int LevelOf(string folder) => Array.FindIndex(Levels, level => level.Folders.Contains(folder));
}
