using ImportCsv;
using Tollgate.Hosting;

return await TollgateRun.RunAsync(ImportCsvApp.Create, args);
