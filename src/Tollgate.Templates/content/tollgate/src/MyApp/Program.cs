using MyApp;
using Tollgate.Hosting;

return await TollgateRun.RunAsync(args => App.Create(args), args);
