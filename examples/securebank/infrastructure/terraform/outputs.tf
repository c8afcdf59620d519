output "api_endpoint" {
  description = "Where shops send their payments."
  value       = "http://${aws_lb.main.dns_name}"
}

output "cluster_name" {
  value = aws_eks_cluster.main.name
}

output "uploads_bucket" {
  value = module.uploads.id
}

output "image_repositories" {
  value = { for name, repository in aws_ecr_repository.app : name => repository.repository_url }
}
