package main

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/internal/keypair"
)

// certificate is what the adapter serves TLS with; nil if the file names none.
func certificate(ctx context.Context, publicURL string, files config.TLS, log *slog.Logger) (*keypair.Pair, error) {
	if !files.Given() {
		return nil, nil
	}
	pair, err := keypair.Load(files.Cert, files.Key, clock.System{}, func(ends time.Time, err error) {
		if err != nil {
			log.ErrorContext(ctx, "the certificate's files have changed and cannot be used: the one before goes on", "err", err)
			return
		}
		log.InfoContext(ctx, "the certificate was read again", "ends", ends)
	})
	if failed, ok := errors.AsType[*keypair.Error](err); ok {
		field := "tls.cert"
		if failed.OfKey {
			field = "tls.key"
		}
		return nil, &config.Error{Field: field, Message: failed.Sentence}
	}
	if err != nil {
		return nil, err
	}
	if u, err := url.Parse(publicURL); err == nil && !pair.For(u.Hostname()) {
		log.WarnContext(ctx, "the certificate is not for the host of public_url: browsers will refuse it", "host", u.Hostname(),
			"file", files.Cert)
	}
	return pair, nil
}
