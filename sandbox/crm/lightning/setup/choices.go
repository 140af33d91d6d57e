package setup

// The platform's own choices, a selection. Source: its user page.
var (
	timeZones = []optionOut{
		{"Pacific/Honolulu", "(GMT-10:00) Hawaii-Aleutian Standard Time (Pacific/Honolulu)"},
		{"America/Anchorage", "(GMT-09:00) Alaska Standard Time (America/Anchorage)"},
		{"America/Los_Angeles", "(GMT-08:00) Pacific Standard Time (America/Los_Angeles)"},
		{"America/Denver", "(GMT-07:00) Mountain Standard Time (America/Denver)"},
		{"America/Chicago", "(GMT-06:00) Central Standard Time (America/Chicago)"},
		{"America/New_York", "(GMT-05:00) Eastern Standard Time (America/New_York)"},
		{"America/Sao_Paulo", "(GMT-03:00) Brasilia Standard Time (America/Sao_Paulo)"},
		{"GMT", "(GMT+00:00) Greenwich Mean Time (GMT)"},
		{"Europe/London", "(GMT+00:00) Greenwich Mean Time (Europe/London)"},
		{"Europe/Berlin", "(GMT+01:00) Central European Standard Time (Europe/Berlin)"},
		{"Europe/Paris", "(GMT+01:00) Central European Standard Time (Europe/Paris)"},
		{"Europe/Helsinki", "(GMT+02:00) Eastern European Standard Time (Europe/Helsinki)"},
		{"Asia/Dubai", "(GMT+04:00) Gulf Standard Time (Asia/Dubai)"},
		{"Asia/Kolkata", "(GMT+05:30) India Standard Time (Asia/Kolkata)"},
		{"Asia/Singapore", "(GMT+08:00) Singapore Standard Time (Asia/Singapore)"},
		{"Asia/Tokyo", "(GMT+09:00) Japan Standard Time (Asia/Tokyo)"},
		{"Australia/Sydney", "(GMT+10:00) Australian Eastern Standard Time (Australia/Sydney)"},
		{"Pacific/Auckland", "(GMT+12:00) New Zealand Standard Time (Pacific/Auckland)"},
	}
	locales = []optionOut{
		{"de_DE", "German (Germany)"}, {"en_AU", "English (Australia)"}, {"en_CA", "English (Canada)"},
		{"en_GB", "English (United Kingdom)"}, {"en_US", "English (United States)"},
		{"es_ES", "Spanish (Spain)"}, {"fr_FR", "French (France)"}, {"it_IT", "Italian (Italy)"},
		{"ja_JP", "Japanese (Japan)"}, {"nl_NL", "Dutch (Netherlands)"},
		{"pt_BR", "Portuguese (Brazil)"}, {"sv_SE", "Swedish (Sweden)"},
	}
	languages = []optionOut{
		{"de", "German"}, {"en_US", "English"}, {"es", "Spanish"}, {"fr", "French"}, {"it", "Italian"}, {"ja", "Japanese"},
		{"nl_NL", "Dutch"}, {"pt_BR", "Portuguese (Brazil)"}, {"sv", "Swedish"},
	}
)
