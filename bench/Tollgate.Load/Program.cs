using Tollgate.Load;
using Tollgate.Load.Plain;

if (args is ["serve", var what])
{
    return await PlainServer.RunAsync(what);
}

if (LoadOptions.Read(args) is not { } options)
{
    await Console.Error.WriteLineAsync(LoadOptions.Usage);
    return 2;
}

return await LoadRun.RunAsync(options);
