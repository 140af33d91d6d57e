//go:build !lean

package main

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"github.com/goccy/go-yaml"

	"github.com/patchcord/patchcord/adapter"
	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/sandbox"
)

// apart leaves the adapter to somebody else: its configuration is written, its port let go.
func (c sandboxCommand) apart(ctx context.Context, e *env, box *sandbox.Sandbox, port net.Listener, at origins,
	app adapter.App, data string) error {
	file, err := writeServeConfig(data, port.Addr().String(), at, app, centreAPI(box, at))
	if err := errors.Join(err, port.Close()); err != nil {
		return err
	}
	e.log.InfoContext(ctx, "the adapter is left out", "run", "patchcord serve --config "+file)
	if err := c.announce(ctx, e, box, at, data); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

// writeServeConfig writes what `patchcord serve` needs to be this sandbox's adapter, and returns its name.
func writeServeConfig(data, listen string, at origins, app adapter.App, centre config.ConnectAPI) (string, error) {
	folder := filepath.Join(data, "adapter")
	key := filepath.Join(folder, "app.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(app.Key)})
	if err := os.WriteFile(key, block, 0o600); err != nil {
		return "", err
	}
	body, err := yaml.Marshal(map[string]any{
		"listen": listen, "public_url": at.adapter, "page_origins": []string{at.visualforce}, "data": folder,
		"salesforce": map[string]string{"login_url": at.crm, "client_id": app.ClientID, "username": people[0].Username, "key_file": key},
		"connect": map[string]string{"region": centre.Region, "instance_id": centre.InstanceID, "endpoint": centre.Endpoint,
			"access_key_id": centre.AccessKeyID, "secret_access_key": centre.SecretAccessKey.Expose()},
	})
	if err != nil {
		return "", fmt.Errorf("patchcord.yaml: %w", err)
	}
	file := filepath.Join(data, "patchcord.yaml")
	return file, os.WriteFile(file, body, 0o600)
}
