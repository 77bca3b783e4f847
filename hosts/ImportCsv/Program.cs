using ImportCsv;
using Tollgate;

return await TollgateRun.RunAsync(ImportCsvApp.Create, args);
