package adapter

import (
	"errors"
	"fmt"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/salesforce"
)

// LoadConfig reads patchcord.yaml: the configuration, and the address to listen on.
func LoadConfig(name string) (cfg Config, listen string, err error) {
	f, err := config.Load(name)
	if err != nil {
		return Config{}, "", err
	}
	app, err := appOf(f)
	if err != nil {
		return Config{}, "", fmt.Errorf("%s: %w", name, err)
	}
	cfg = Config{PublicURL: f.PublicURL, PageOrigins: f.PageOrigins, Data: f.Data, Salesforce: Salesforce{
		LoginURL: f.Salesforce.LoginURL, ClientID: app.ClientID, Username: f.Salesforce.Username, Key: app.Key, Certificate: app.Certificate,
	}}
	return cfg, f.Listen, cfg.validate()
}

// appOf is the key that the file names, or one that the adapter makes itself and keeps under data.
func appOf(f config.File) (App, error) {
	s := f.Salesforce
	switch {
	case s.KeyFile == "" && f.Data != "":
		app, err := LoadApp(f.Data)
		if err != nil {
			return App{}, fmt.Errorf("data: %w", err)
		}
		if s.ClientID != "" {
			app.ClientID = s.ClientID // the org gave the app a consumer key of its own
		}
		return app, nil
	case s.KeyFile == "":
		return App{}, errors.New("data: name a folder: the adapter keeps its own key there, unless salesforce.key_file and client_id are given")
	}
	key, err := salesforce.ReadKey(s.KeyFile)
	if err != nil {
		return App{}, fmt.Errorf("salesforce.key_file: %w", err)
	}
	certificate, err := certify(key)
	if err != nil {
		return App{}, fmt.Errorf("salesforce.key_file: %w", err)
	}
	return App{ClientID: s.ClientID, Key: key, Certificate: certificate}, nil
}
