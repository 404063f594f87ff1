//! Many at once, slow ones among them, and the port they come to.

use super::*;

#[test]
fn slow_peers_are_cut_and_block_nobody() {
    let shelf = shelf();
    shelf.put("large.bin", vec![0; 64 << 20]);
    let patience = Patience {
        headers: Duration::from_secs(1),
        stalled: Duration::from_secs(1),
    };
    let server = start(&shelf, "/", Port::Asked(0), patience).unwrap();
    let host = format!("Host: {}\r\n", server.address());
    let large = format!("GET /large.bin HTTP/1.1\r\n{host}\r\n");
    let openings: [(&str, Vec<u8>); 5] = [
        ("says nothing", Vec::new()),
        ("stops in the request line", b"GET / HT".to_vec()),
        (
            "stops in the headers",
            format!("GET / HTTP/1.1\r\n{host}X: ").into_bytes(),
        ),
        (
            "stops after an answer",
            format!("GET / HTTP/1.1\r\n{host}\r\n").into_bytes(),
        ),
        ("takes nothing", large.into_bytes()),
    ];
    let mut slow = Vec::new();
    for (what, opening) in &openings {
        for _ in 0..40 {
            let mut stream = connect(server.address());
            stream.write_all(opening).unwrap();
            slow.push((*what, stream));
        }
    }
    for _ in 0..50 {
        assert_eq!(ask(&server, "GET /", "").status, 200, "while others dawdle");
    }
    // A drop of header now and then does not buy time.
    let mut dripping = connect(server.address());
    dripping.write_all(b"GET / HTTP/1.1\r\n").unwrap();
    let cut = (0..200).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        dripping.write_all(b"X").is_err()
    });
    assert!(cut, "a dripping request went on for ever");
    for (what, mut stream) in slow {
        let mut all = Vec::new();
        // Reset is cut as well as closed; waiting in vain is neither.
        if let Err(error) = stream.read_to_end(&mut all) {
            let kind = error.kind();
            assert_eq!(kind, std::io::ErrorKind::ConnectionReset, "{what}");
        }
        assert!(all.len() < 64 << 20, "{what}: it was all sent");
    }
}

#[test]
fn five_thousand_requests_fifty_at_once() {
    let server = serve(&shelf(), "/");
    let paths = ["/", "/a/", "/site.css", "/時間線/", "/none"];
    let answered: usize = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..50)
            .map(|worker| {
                let address = server.address();
                scope.spawn(move || {
                    let mut stream = connect(address);
                    let ask = |n: usize| {
                        let path = paths[(worker + n) % paths.len()];
                        let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n");
                        let reply = exchange(&mut stream, request.as_bytes()).expect(path);
                        assert_eq!(reply.status, if path == "/none" { 404 } else { 200 });
                        assert!(!reply.body.is_empty());
                    };
                    (0..100).map(ask).count()
                })
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap())
            .sum()
    });
    assert_eq!(answered, 5000);
}

/// More connections than there are seats, all of them silent, and listening tabs among them.
#[test]
fn connections_that_stand_open_keep_nobody_out() {
    let server = serve(&shelf(), "/");
    let host = format!("Host: {}\r\n", server.address());
    let listen = format!("GET /.tongwen/events/ HTTP/1.1\r\n{host}\r\n");
    let mut open = Vec::new();
    for number in 0..700 {
        let mut stream = connect(server.address());
        match number % 3 {
            0 => {}
            1 => stream.write_all(b"GET / HT").unwrap(),
            _ => stream.write_all(listen.as_bytes()).unwrap(),
        }
        open.push(stream);
    }
    for _ in 0..200 {
        assert_eq!(ask(&server, "GET /", "").status, 200);
    }
}

#[test]
fn ports() {
    let shelf = shelf();
    let first = start(&shelf, "/", Port::Asked(0), Patience::default()).unwrap();
    let taken = first.address().port();
    let refused = start(&shelf, "/", Port::Asked(taken), Patience::default())
        .err()
        .unwrap();
    assert_eq!(refused.diagnostic().code.name(), "port-busy");
    assert!(refused.to_string().contains(&taken.to_string()));
    let moved = start(&shelf, "/", Port::Default(taken), Patience::default()).unwrap();
    assert_ne!(moved.address().port(), taken);
    first.stop();
    assert!(
        TcpListener::bind(("127.0.0.1", taken)).is_ok(),
        "the port is free again"
    );

    for interface in ["no such interface", "192.0.2.1"] {
        let options = Options {
            interface: interface.to_string(),
            port: Port::Asked(0),
            patience: Patience::default(),
        };
        assert!(
            Server::start(&options, shelf.clone()).is_err(),
            "{interface}"
        );
    }
}
