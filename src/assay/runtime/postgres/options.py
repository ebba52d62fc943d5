"""How our server is tuned: small, private, quiet."""

from pathlib import Path

_IO_METHOD_SINCE = 18


def server_options(*, socket_folder: Path, major: int, is_durable: bool) -> list[str]:
    """Return ``-c name=value`` arguments: no network, a private socket, memory for one small machine."""
    values = {
        "listen_addresses": "",
        "unix_socket_directories": f'"{socket_folder}"',
        "unix_socket_permissions": "0700",
        "max_connections": "60",
        "shared_buffers": "64MB",
        "max_wal_size": "512MB",
        "autovacuum_max_workers": "2",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_min_messages": "warning",
        "log_checkpoints": "off",
        "log_line_prefix": "%m [%p] ",
        "cluster_name": "assay",
    }
    if major >= _IO_METHOD_SINCE:
        # The default keeps three more processes alive for a gain that only shows on large tables.
        values["io_method"] = "sync"
    if not is_durable:
        values |= {"fsync": "off", "full_page_writes": "off"}
    return [part for name, value in values.items() for part in ("-c", f"{name}={value}")]
