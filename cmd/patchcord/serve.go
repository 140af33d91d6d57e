package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/patchcord/patchcord/adapter"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/heap"
	"github.com/patchcord/patchcord/internal/keypair"
	"github.com/patchcord/patchcord/sfdx"
)

type serveCommand struct {
	Config string `default:"patchcord.yaml" help:"Whom to serve; see examples."`
}

// Run serves the adapter until it is told to end.
func (c serveCommand) Run(e *env) error {
	cfg, listen, err := adapter.LoadConfig(c.Config)
	if err != nil {
		return err
	}
	cfg.Clock, cfg.Log, cfg.Version = clock.System{}, e.log, version
	if cfg.Flows, err = defaultFlows(); err != nil {
		return err
	}
	pair, err := certificate(e.ctx, cfg.PublicURL, listen.TLS, e.log)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Config, err)
	}
	if pair != nil {
		cfg.CertificateEnds = pair.Ends
	}
	l, err := net.Listen("tcp", listen.Address)
	if err != nil {
		return fmt.Errorf("listen: the adapter cannot listen on %s: %w: choose another address, or end what has it", listen.Address, err)
	}
	cfg.Address = l.Addr().String()
	cfg.Node = cmp.Or(cfg.Node, adapter.NodeOf(cfg.Address))
	defer heap.Headroom(heap.Adapter)()
	a, err := adapter.New(e.ctx, cfg)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	e.log.Info("adapter ready", "address", l.Addr().String(), "url", cfg.PublicURL, "tls", pair != nil)
	return errors.Join(serveAdapter(e.ctx, a, l, pair, e.log), a.Close())
}

// defaultFlows are the package's.
func defaultFlows() ([]records.DefaultFlow, error) {
	flows, err := sfdx.Flows()
	all := make([]records.DefaultFlow, 0, len(flows))
	for _, f := range flows {
		all = append(all, records.DefaultFlow{Name: f.Name, Source: f.Source, Event: f.Event, Script: f.Script, Inactive: f.Inactive})
	}
	return all, err
}

const drainWithin = 3 * time.Second

// serveAdapter runs an adapter on a listener until ctx ends, by TLS if there is a certificate.
func serveAdapter(ctx context.Context, a *adapter.Adapter, l net.Listener, pair *keypair.Pair, log *slog.Logger) error {
	server := &http.Server{
		Handler: a.Handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return a.Run(ctx) })
	group.Go(func() error {
		serve := func() error { return server.Serve(l) }
		if pair != nil {
			server.TLSConfig = &tls.Config{GetCertificate: pair.Get, MinVersion: tls.VersionTLS12}
			serve = func() error { return server.ServeTLS(l, "", "") }
		}
		if err := serve(); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainWithin)
		defer cancel()
		if server.Shutdown(limited) != nil {
			_ = server.Close() // what did not end by itself is cut off
		}
		return nil
	})
	return group.Wait()
}
