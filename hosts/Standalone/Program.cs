using Standalone;
using Tollgate.Hosting;

var (catalog, words) = CatalogArgument.Take(args);
return await TollgateRun.RunAsync(
    given => StandaloneApp.Create(catalog ?? CatalogArgument.ForHelp(words), given),
    words
);
