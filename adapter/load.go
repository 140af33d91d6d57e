package adapter

import (
	"errors"
	"fmt"
	"net/url"
	"os"

	"github.com/goccy/go-yaml"

	"github.com/patchcord/patchcord/salesforce"
)

// file is patchcord.yaml as people write it.
type file struct {
	Listen      string   `yaml:"listen"`
	PublicURL   string   `yaml:"public_url"`
	PageOrigins []string `yaml:"page_origins"`
	Data        string   `yaml:"data"`
	Salesforce  struct {
		LoginURL string `yaml:"login_url"`
		ClientID string `yaml:"client_id"`
		Username string `yaml:"username"`
		KeyFile  string `yaml:"key_file"`
	} `yaml:"salesforce"`
	Setup any `yaml:"setup"` // read by patchcord setup
}

const maxConfig = 1 << 20

// LoadConfig reads patchcord.yaml: the configuration, and the address to listen on. Unknown keys are refused, with their place.
func LoadConfig(name string) (cfg Config, listen string, err error) {
	body, err := os.ReadFile(name)
	if err != nil {
		return Config{}, "", err
	}
	if len(body) > maxConfig {
		return Config{}, "", fmt.Errorf("%s is larger than %d bytes", name, maxConfig)
	}
	var f file
	if err := yaml.UnmarshalWithOptions(body, &f, yaml.DisallowUnknownField()); err != nil {
		return Config{}, "", fmt.Errorf("%s: %w", name, err)
	}
	for _, origin := range append([]string{f.PublicURL, f.Salesforce.LoginURL}, f.PageOrigins...) {
		u, err := url.Parse(origin)
		if err != nil || u.Host == "" || u.Path != "" || u.RawQuery != "" {
			return Config{}, "", fmt.Errorf("%s: %q is not an origin: write scheme and host, as in https://adapter.example.com", name, origin)
		}
	}
	if f.Listen == "" {
		f.Listen = "127.0.0.1:8082"
	}
	app, err := f.app()
	if err != nil {
		return Config{}, "", fmt.Errorf("%s: %w", name, err)
	}
	cfg = Config{PublicURL: f.PublicURL, PageOrigins: f.PageOrigins, Data: f.Data, Salesforce: Salesforce{
		LoginURL: f.Salesforce.LoginURL, ClientID: app.ClientID, Username: f.Salesforce.Username, Key: app.Key, Certificate: app.Certificate,
	}}
	return cfg, f.Listen, cfg.validate()
}

// app is the key that the file names, or one that the adapter makes itself and keeps under data.
func (f file) app() (App, error) {
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
